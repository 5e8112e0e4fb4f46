package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.weir.cli.ExitCode;
import io.weir.redis.RedisServer;
import io.weir.simulator.api.ApiFault;
import io.weir.wechat.menu.MenuJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code java -jar weir.jar menu …}, each command a process of its own. */
class MenuProcessesIT {
    private static final String CREATE = "/cgi-bin/menu/create";
    private static final String MENU = """
            button:
              - { type: click, name: 笑话, key: V1001_SUNCK }
              - { type: view, name: 主页, url: "https://www.example.com/" }
            conditional:
              vip:
                matchrule: { tag_id: 100 }
                button: [ { type: click, name: 🎁礼物, key: GIFT } ]
            """;

    @RegisterExtension
    final SimulatedShop shop = new SimulatedShop();

    @BeforeEach
    void start() throws IOException {
        shop.file(shop.configuration());
        Files.writeString(shop.folder().resolve("menu.yaml"), MENU);
    }

    @Test
    void fromAFileWithMistakesToAMenuAndBack() throws IOException {
        Files.writeString(
                shop.folder().resolve("bad.yaml"), MENU.replace("笑话", "今日歌曲推荐").replace("https://", ""));

        String mistakes = ends(ExitCode.BAD_DATA, "validate", "bad.yaml");
        String plan = ends(ExitCode.CHANGES_PENDING, "plan", "menu.yaml", "--json");
        String applied = ends(ExitCode.DONE, "apply", "menu.yaml", "--yes", "--hash", hash(plan));
        changeOnTheWebsite();
        String refused = ends(ExitCode.FAILED, "apply", "menu.yaml", "--yes", "--hash", hash(plan));
        ends(ExitCode.CHANGES_PENDING, "plan", "menu.yaml");
        ends(ExitCode.DONE, "apply", "menu.yaml", "--yes");
        ends(ExitCode.DONE, "plan", "menu.yaml");
        String deleted = ends(ExitCode.DONE, "delete", "--yes");
        ends(ExitCode.DONE, "rollback", "--yes");
        ends(ExitCode.DONE, "plan", "menu.yaml");

        assertThat(mistakes).contains("button[0].name: name has 18 bytes", "2 errors");
        assertThat(applied).startsWith("Done, and read back from WeChat as wanted.");
        assertThat(refused).isEmpty();
        assertThat(deleted).startsWith("All menus are deleted.");
        try (Stream<Path> files = Files.list(shop.folder().resolve("menu-backups"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".json"))).hasSize(4);
        }
    }

    @Test
    void ofTwoAtOnceThatShareARedisOneWins() throws IOException {
        try (RedisServer redis = RedisServer.start()) {
            shop.file(shop.configuration() + "redis: { uri: \"" + redis.uri() + "\" }\n");
            shop.wechat().apiFaults().next(CREATE, 1, new ApiFault.Delay(Duration.ofSeconds(4)));

            try (WeirProcess first = weir("apply", "menu.yaml", "--yes")) {
                first.awaitThat("it publishes", () -> shop.calls(CREATE) == 1);
                try (WeirProcess second = weir("apply", "menu.yaml", "--yes")) {
                    assertThat(second.exitCode()).isEqualTo(ExitCode.FAILED);
                    assertThat(second.err()).contains("somebody else is changing the menus of account shop right now");
                }
                assertThat(first.exitCode()).isEqualTo(ExitCode.DONE);
            }
            ends(ExitCode.DONE, "plan", "menu.yaml");
            assertThat(redis.command("LLEN", "weir:{wx00000000000000a1}:menu:backups"))
                    .contains("1");
            assertThat(redis.command("EXISTS", "weir:{wx00000000000000a1}:menu:lease"))
                    .contains("0");
            assertThat(shop.calls(CREATE)).isEqualTo(1);
        }
    }

    @Test
    void whatAKilledCommandHasLeftIsCompleted() {
        shop.wechat().apiFaults().next("/cgi-bin/menu/addconditional", 1, new ApiFault.Delay(Duration.ofSeconds(4)));
        try (WeirProcess killed = weir("apply", "menu.yaml", "--yes")) {
            killed.awaitThat("it publishes", () -> shop.calls("/cgi-bin/menu/addconditional") == 1);
            killed.signal("KILL").exitCode();
        }

        ends(ExitCode.DONE, "apply", "menu.yaml", "--yes");

        ends(ExitCode.DONE, "plan", "menu.yaml");
    }

    private String ends(int exitCode, String... arguments) {
        try (WeirProcess command = weir(arguments)) {
            assertThat(command.exitCode()).as(command.out() + command.err()).isEqualTo(exitCode);
            return command.out();
        }
    }

    private WeirProcess weir(String... arguments) {
        String[] all = Stream.of(Stream.of("menu"), Stream.of(arguments), Stream.of("--conf", "weir.yaml"))
                .flatMap(each -> each)
                .toArray(String[]::new);
        return WeirProcess.start(shop.folder(), Secrets.ENVIRONMENT, all);
    }

    private static String hash(String plan) {
        return new JsonObject(plan).getString("hash");
    }

    private void changeOnTheWebsite() {
        shop.wechat().platform().exclusively(() -> {
            shop.account()
                    .menus()
                    .setByConsole(
                            MenuJson.parse("{\"button\":[{\"type\":\"text\",\"name\":\"客服\",\"value\":\"你好\"}]}"));
            return true;
        });
    }
}
