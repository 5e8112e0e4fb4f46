package io.weir;

import static io.weir.MenuCommandShop.AFTER;
import static io.weir.MenuCommandShop.BEFORE;
import static io.weir.MenuCommandShop.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.weir.cli.ExitCode;
import io.weir.simulator.api.ApiFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code weir menu rollback} and {@code delete} against a simulated WeChat. */
class MenuRollbackTest {
    @RegisterExtension
    final MenuCommandShop shop = new MenuCommandShop();

    @Test
    void rollsBackToTheNewestBackupOrAnyOther() throws IOException {
        shop.menu("apply", shop.file(BEFORE), "--yes");
        shop.menu("apply", shop.file(AFTER), "--yes");

        CommandRun newest = shop.menu("rollback", "--yes");
        CommandRun asBefore = shop.menu("plan", shop.file(BEFORE));
        CommandRun undone = shop.menu("rollback", "--yes");
        CommandRun asAfter = shop.menu("plan", shop.file(AFTER));
        List<String> ids = shop.ids();
        CommandRun named = shop.menu("rollback", "--to", ids.get(2), "--yes", "--json");

        assertThat(newest.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(asBefore.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(undone.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(asAfter.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(ids).hasSize(4);
        assertThat(named.json().getBoolean("changes")).isTrue();
        assertThat(shop.menu("plan", shop.file(BEFORE)).exitCode()).isEqualTo(ExitCode.DONE);
        try (Stream<Path> files = Files.list(shop.folder().resolve("menu-backups"))) {
            assertThat(files.map(Path::getFileName).map(Path::toString).filter(name -> name.endsWith(".json")))
                    .hasSize(5)
                    .contains("wx00000000000000a1-" + ids.get(0) + ".json");
        }
    }

    @Test
    void rollsBackToNoMenuAndSaysWhatThatDeletes() {
        shop.menu("apply", shop.file(BEFORE), "--yes");

        CommandRun rollback = shop.menu("rollback", "--yes");

        assertThat(rollback.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(rollback.err())
                .contains("the default menu: 5 buttons", "the personalised menu 4", "{\"tag_id\":\"100\"}");
        assertThat(rollback.out()).startsWith("All menus are deleted. As it was before: weir menu rollback --to ");
        assertThat(shop.menu("plan", shop.file(BEFORE)).out()).contains("there is none now");
    }

    @Test
    void aBackupThatIsNotThereIsNamed() {
        CommandRun none = shop.menu("rollback", "--yes");
        shop.menu("apply", shop.file(BEFORE), "--yes");
        shop.menu("apply", shop.file(AFTER), "--yes");

        CommandRun unknown = shop.menu("rollback", "--to", "1999", "--yes");
        CommandRun several = shop.menu("rollback", "--to", "20", "--yes");
        CommandRun list = shop.menu("rollback", "--list");

        assertThat(none.err()).contains("there is no backup: weir menu apply makes one before each change");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(unknown.err()).contains("there is no backup 1999; weir menu rollback --list tells which there are");
        assertThat(several.err()).contains("2 backups begin with 20");
        assertThat(list.out())
                .containsPattern("[0-9TZ]+-[0-9a-f]{8} +5 buttons, 2 personalised menus\n")
                .containsPattern("[0-9TZ]+-[0-9a-f]{8} +no menu\n");
    }

    @Test
    void aBackupThatIsWhatIsLiveChangesNothing() {
        shop.menu("apply", shop.file(BEFORE), "--yes");
        shop.shop.wechat().apiFaults().next(CREATE, 1, new ApiFault.Refusal(48001, "api unauthorized"));
        shop.menu("apply", shop.file(AFTER), "--yes");

        CommandRun rollback = shop.menu("rollback", "--yes");

        assertThat(rollback.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(rollback.err()).contains("is what is live; weir menu rollback --list tells the others");
        assertThat(shop.menu("plan", shop.file(BEFORE)).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aMenuOfTheWebsiteCannotBeBroughtBackAndTheBackupTellsWhatItWas() throws IOException {
        shop.changeOnTheWebsite();
        shop.menu("apply", shop.file(BEFORE), "--yes");

        CommandRun rollback = shop.menu("rollback", "--yes");

        assertThat(rollback.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(rollback.err()).contains("a menu of WeChat's website was in force, which only the website can make");
        assertThat(shop.menu("rollback", "--list").out()).contains("a menu of WeChat's website");
        assertThat(Files.readString(shop.folder()
                        .resolve("menu-backups")
                        .resolve("wx00000000000000a1-" + shop.ids().get(0) + ".json")))
                .contains("客服", "你好");
    }

    @Test
    void rulesThatWeChatTakesNoMoreAreLeftOut() {
        shop.menu("apply", shop.file(BEFORE), "--yes");
        shop.live(menus -> menus.addConditionalOfOld(Buffer.buffer("{\"button\":[{\"type\":\"click\",\"name\":\"a\","
                + "\"key\":\"HELP\"}],\"matchrule\":{\"sex\":\"1\"}}")));
        shop.menu("apply", shop.file(AFTER), "--yes");

        CommandRun rollback = shop.menu("rollback", "--yes");

        assertThat(rollback.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(rollback.err())
                .contains("1 personalised menu of the backup has a rule that WeChat takes no more (65320)");
        assertThat(shop.menu("plan", shop.file(BEFORE)).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void deletesOnlyAfterItHasNamedWhatTheCascadeTakes() {
        CommandRun empty = shop.menu("delete", "--yes");
        shop.menu("apply", shop.file(BEFORE), "--yes");

        CommandRun delete = shop.menu("delete", "--yes", "--json");

        assertThat(empty.out()).isEqualTo("Nothing to do: there is no menu.\n");
        assertThat(delete.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(delete.err())
                .contains("the default menu: 5 buttons\n")
                .containsPattern("and with it the personalised menu [0-9]+ for \\{\"client_platform_type\":\"1\"}\n")
                .containsPattern("and with it the personalised menu [0-9]+ for \\{\"tag_id\":\"100\"}\n");
        assertThat(delete.json().getJsonArray("conditional")).hasSize(2);
        assertThat(delete.json().getString("backup")).isEqualTo(shop.ids().get(0));
        shop.menu("rollback", "--yes");
        assertThat(shop.menu("plan", shop.file(BEFORE)).exitCode()).isEqualTo(ExitCode.DONE);
    }
}
