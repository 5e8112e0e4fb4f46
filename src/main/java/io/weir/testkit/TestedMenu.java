package io.weir.testkit;

import io.vertx.core.buffer.Buffer;
import io.weir.menu.diff.WantedMenus;
import io.weir.menu.file.MenuFile;
import io.weir.menu.file.MenuFileReader;
import io.weir.menu.file.MenuFinding;
import io.weir.simulator.platform.Platform;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.wechat.menu.MenuJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The menus of a test, in the form of a menu file. */
final class TestedMenu {
    private final MenuFile file;

    /** @throws IllegalArgumentException with all that is wrong with it */
    TestedMenu(String text) {
        Path name = Path.of("menu of the test");
        MenuFileReader.ReadFile read = MenuFileReader.read(name, text.getBytes(StandardCharsets.UTF_8));
        file = read.file()
                .orElseThrow(() -> new IllegalArgumentException(
                        read.findings().stream().map(MenuFinding::toString).collect(Collectors.joining("\n"))));
    }

    /** Makes the tags and the menus, as menu/create and menu/addconditional would. */
    void setFor(PlatformAccount account, Platform platform) {
        platform.exclusively(() -> {
            Map<String, String> tags = new HashMap<>();
            file.tagNames()
                    .forEach(name ->
                            tags.put(name, Integer.toString(account.tags().create(name))));
            WantedMenus wanted = file.wanted(tags, Map.of());
            account.menus().create(body(MenuJson.write(wanted.standard()).toString()));
            wanted.conditional()
                    .forEach(each -> account.menus()
                            .addConditional(body(MenuJson.write(each.menu()).toString())));
            return wanted;
        });
    }

    private static Buffer body(String json) {
        return Buffer.buffer(json);
    }
}
