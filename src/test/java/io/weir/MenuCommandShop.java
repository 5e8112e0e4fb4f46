package io.weir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonObject;
import io.weir.simulator.platform.Menus;
import io.weir.wechat.menu.MenuJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A simulated WeChat, a configuration for it, a menu file, and the commands for menus. Lasts for one test as an extension. */
final class MenuCommandShop implements AfterEachCallback {
    static final String QUOTA = "/cgi-bin/openapi/quota/get";
    static final String CREATE = "/cgi-bin/menu/create";
    static final String ADD = "/cgi-bin/menu/addconditional";
    static final String DELETE_ONE = "/cgi-bin/menu/delconditional";

    static final String BEFORE = """
            button:
              - { type: click, name: 笑话, key: V1001_SUNCK }
              - { type: view, name: 主页, url: "https://www.example.com/" }
              - name: 更多
                sub_button:
                  - { type: click, name: 帮助, key: HELP }
                  - { type: click, name: 再见, key: BYE }
                  - { type: click, name: 联系, key: CONTACT }
            conditional:
              ios:
                matchrule: { client_platform_type: 1 }
                button: [ { type: view, name: 应用, url: "https://www.example.com/ios" } ]
              vip:
                matchrule: { tag: 老顾客 }
                button: [ { type: click, name: 会员, key: VIP } ]
            """;

    static final String AFTER = """
            button:
              - { type: click, name: 笑话, key: V1002_JOKE }
              - name: 更多
                sub_button:
                  - { type: click, name: 联系, key: CONTACT }
                  - { type: click, name: 帮助, key: HELP }
                  - { type: click, name: 🎁礼物, key: GIFT }
              - { type: view, name: 主页, url: "https://www.example.com/new" }
            conditional:
              ios:
                matchrule: { client_platform_type: 1 }
                button: [ { type: view, name: 应用, url: "https://www.example.com/ios" } ]
              vip:
                matchrule: { tag: 老顾客, client_platform_type: 2 }
                button: [ { type: click, name: 会员, key: VIP } ]
              others:
                matchrule: { client_platform_type: 3 }
                button: [ { type: click, name: 帮助, key: HELP } ]
            """;

    final SimulatedShop shop = new SimulatedShop();
    final String conf = shop.file(shop.configuration());

    MenuCommandShop() {
        shop.wechat().platform().exclusively(() -> shop.account().tags().create("老顾客"));
    }

    CommandRun menu(String command, String... arguments) {
        return CommandRun.of(Stream.of(Stream.of("menu", command), Stream.of(arguments), Stream.of("--conf", conf))
                .flatMap(Function.identity())
                .toArray(String[]::new));
    }

    String file(String text) {
        try {
            return Files.writeString(folder().resolve("menu.yaml"), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Newest first. */
    List<String> ids() {
        return menu("rollback", "--list", "--json").json().getJsonArray("backups").stream()
                .map(each -> ((JsonObject) each).getString("id"))
                .toList();
    }

    void changeOnTheWebsite() {
        ObjectNode made = MenuJson.parse("{\"button\":[{\"type\":\"text\",\"name\":\"客服\",\"value\":\"你好\"}]}");
        live(menus -> {
            menus.setByConsole(made);
            return "";
        });
    }

    String live(Function<Menus, String> look) {
        return shop.wechat()
                .platform()
                .exclusively(() -> look.apply(shop.account().menus()));
    }

    long calls(String path) {
        return shop.calls(path);
    }

    Path folder() {
        return shop.folder();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        shop.afterEach(context);
    }
}
