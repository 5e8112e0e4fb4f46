package io.weir;

import static io.weir.MenuCommandShop.ADD;
import static io.weir.MenuCommandShop.AFTER;
import static io.weir.MenuCommandShop.BEFORE;
import static io.weir.MenuCommandShop.CREATE;
import static io.weir.MenuCommandShop.DELETE_ONE;
import static io.weir.MenuCommandShop.QUOTA;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.weir.cli.ExitCode;
import io.weir.redis.Await;
import io.weir.simulator.api.ApiFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code weir menu plan} and {@code apply} against a simulated WeChat. */
class MenuPublishingTest {
    @RegisterExtension
    final MenuCommandShop shop = new MenuCommandShop();

    @Test
    void thePlanOfAnEmptyAccountAddsAllAndAfterApplyingItThereIsNothingToDo() {
        CommandRun plan = shop.menu("plan", shop.file(BEFORE));
        CommandRun apply = shop.menu("apply", shop.file(BEFORE), "--yes");
        CommandRun again = shop.menu("plan", shop.file(BEFORE));

        assertThat(plan.exitCode()).isEqualTo(ExitCode.CHANGES_PENDING);
        assertThat(plan.out())
                .contains("Default menu (there is none now)", "  + 1 \"笑话\"  click  key \"V1001_SUNCK\"")
                .contains(
                        "  + vip: tag_id 100\n",
                        "Changes: 8 added\n",
                        "/cgi-bin/menu/addconditional: 2 of 2000 calls left today")
                .doesNotContain("\n  - ", "\n  ~ ");
        assertThat(apply.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(apply.out()).startsWith("Done, and read back from WeChat as wanted.");
        assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(again.out()).endsWith("No changes: the menus are as wanted.\n");
    }

    @Test
    void nothingIsAskedWhereNoBackupCanBeKept() throws IOException {
        Files.writeString(shop.folder().resolve("menu-backups"), "in the way");

        CommandRun apply = shop.menu("apply", shop.file(BEFORE), "--yes");
        CommandRun delete = shop.menu("delete", "--yes");

        assertThat(apply.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(apply.err()).contains("backups of menus cannot be kept in", "is no folder; nothing was done");
        assertThat(delete.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(shop.calls("/cgi-bin/menu/get")).isZero();
    }

    @Test
    void thePlanIsAReadableTreeOfWhatChanges() {
        shop.menu("apply", shop.file(BEFORE), "--yes");

        CommandRun plan = shop.menu("plan", shop.file(AFTER));

        assertThat(plan.exitCode()).isEqualTo(ExitCode.CHANGES_PENDING);
        assertThat(plan.out().replaceAll("--hash: [0-9a-f]{12}", "--hash: HASH"))
                .isEqualTo("""
                        Default menu
                          ~ 1 "笑话"  click  key "V1002_JOKE"
                              key: "V1001_SUNCK" → "V1002_JOKE"
                            2 "更多"
                              2.1 "联系"  click  key "CONTACT"
                            - 2.2 "再见"  click  key "BYE"
                            > 2.2 "帮助"  click  key "HELP"  (was 1)
                            + 2.3 "🎁礼物"  click  key "GIFT"
                          > 3 "主页"  view  url "https://www.example.com/new"  (was 2)
                              url: "https://www.example.com/" → "https://www.example.com/new"

                        Personalised menus, in the order of publication: the newest wins
                            ios: client_platform_type 1
                          ~ vip: tag_id 100, client_platform_type 2
                              client_platform_type: (none) → "2"
                          + others: client_platform_type 3
                            + 1 "帮助"  click  key "HELP"

                        Changes: 2 changed, 2 moved, 2 added, 1 removed
                          /cgi-bin/menu/create: 1 of 999 calls left today
                          /cgi-bin/menu/addconditional: 2 of 1998 calls left today
                          /cgi-bin/menu/delconditional: 1 of 2000 calls left today
                        Hash of the live menus, for apply --hash: HASH
                        """);
    }

    @Test
    void thePlanForPrograms() {
        shop.menu("apply", shop.file(BEFORE), "--yes");

        CommandRun plan = shop.menu("plan", shop.file(AFTER), "--json");

        assertThat(plan.exitCode()).isEqualTo(ExitCode.CHANGES_PENDING);
        JsonObject json = plan.json();
        assertThat(json.getBoolean("changes")).isTrue();
        assertThat(json.getString("hash")).hasSize(64);
        assertThat(json.getJsonArray("button").getJsonObject(0).getString("change"))
                .isEqualTo("changed");
        assertThat(json.getJsonArray("button").getJsonObject(0).getJsonArray("fields"))
                .containsExactly(new JsonObject()
                        .put("name", "key")
                        .put("from", "V1001_SUNCK")
                        .put("to", "V1002_JOKE"));
        assertThat(json.getJsonArray("conditional"))
                .extracting(each -> ((JsonObject) each).getString("change"))
                .containsExactly("kept", "changed", "added");
        assertThat(json.getJsonArray("calls").getJsonObject(1))
                .isEqualTo(new JsonObject().put("path", ADD).put("needed", 2).put("left", 1998));
    }

    @Test
    void appliesOnlyWhatHasChanged() {
        shop.menu("apply", shop.file(BEFORE), "--yes");
        List<Long> first = List.of(shop.calls(CREATE), shop.calls(ADD), shop.calls(DELETE_ONE));

        CommandRun nothing = shop.menu("apply", shop.file(BEFORE), "--yes");
        CommandRun oneMore = shop.menu("apply", shop.file(BEFORE + """
                  others:
                    matchrule: { client_platform_type: 3 }
                    button: [ { type: click, name: 帮助, key: HELP } ]
                """), "--yes");
        List<Long> second = List.of(shop.calls(CREATE), shop.calls(ADD), shop.calls(DELETE_ONE));
        CommandRun all = shop.menu("apply", shop.file(AFTER), "--yes", "--json");

        assertThat(first).containsExactly(1L, 2L, 0L);
        assertThat(nothing.out()).isEqualTo("Nothing to do: the menus are as wanted already.\n");
        assertThat(oneMore.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(second).containsExactly(1L, 3L, 0L);
        assertThat(all.json().getString("backup")).isNotBlank();
        assertThat(List.of(shop.calls(CREATE), shop.calls(ADD), shop.calls(DELETE_ONE)))
                .containsExactly(2L, 5L, 2L);
        assertThat(shop.menu("plan", shop.file(AFTER)).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void offATerminalItDoesNothingWithoutYes() {
        CommandRun apply = shop.menu("apply", shop.file(BEFORE));
        shop.menu("apply", shop.file(BEFORE), "--yes");
        CommandRun delete = shop.menu("delete");
        CommandRun rollback = shop.menu("rollback");

        assertThat(List.of(apply, delete, rollback)).allSatisfy(run -> {
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("there is no terminal to ask at: say --yes to do it; nothing was done");
        });
        assertThat(shop.calls(CREATE)).isEqualTo(1);
        assertThat(shop.calls("/cgi-bin/menu/delete")).isZero();
    }

    @Test
    void appliesExactlyThePlanThatWasReviewedOrNothing() {
        String hash = shop.menu("plan", shop.file(BEFORE), "--json").json().getString("hash");
        shop.changeOnTheWebsite();

        CommandRun stale = shop.menu("apply", shop.file(BEFORE), "--hash", hash, "--yes");
        CommandRun unasked = shop.menu("apply", shop.file(BEFORE), "--hash", hash);
        CommandRun tooShort = shop.menu("apply", shop.file(BEFORE), "--hash", hash.substring(0, 7), "--yes");
        long before = shop.calls(CREATE);
        String now = shop.menu("plan", shop.file(BEFORE), "--json").json().getString("hash");
        CommandRun reviewed = shop.menu("apply", shop.file(BEFORE), "--hash", now.substring(0, 12), "--yes");

        assertThat(List.of(stale, unasked)).allSatisfy(run -> {
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err())
                    .contains("the menus have changed since the plan was made; nothing was done")
                    .contains("A menu that was made on WeChat's website is in force");
        });
        assertThat(tooShort.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(before).isZero();
        assertThat(reviewed.exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void noticesAChangeBetweenThePlanThatIsShownAndThePublication() {
        shop.menu("apply", shop.file(BEFORE), "--yes");
        shop.shop.wechat().apiFaults().next(QUOTA, 2, new ApiFault.Delay(Duration.ofSeconds(1)));
        long before = shop.calls(QUOTA);

        CompletableFuture<CommandRun> running =
                CompletableFuture.supplyAsync(() -> shop.menu("apply", shop.file(AFTER), "--yes"));
        Await.until("the plan is being made", () -> shop.calls(QUOTA) > before);
        shop.changeOnTheWebsite();
        CommandRun apply = running.orTimeout(20, TimeUnit.SECONDS).join();

        assertThat(apply.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(apply.err()).contains("the menus have changed since the plan was made; nothing was done");
        assertThat(shop.calls(CREATE)).isEqualTo(1);
    }

    @Test
    void uploadsAPictureBeforeItIsPublishedAndOnlyOnce() throws IOException {
        Files.write(shop.folder().resolve("logo.png"), "\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
        String pictures = """
                button:
                  - { type: media_id, name: 图, image: logo.png }
                  - { type: media_id, name: 同, image: logo.png }
                """;

        CommandRun plan = shop.menu("plan", shop.file(pictures));
        long uploadedByPlan = shop.calls("/cgi-bin/material/add_material");
        CommandRun apply = shop.menu("apply", shop.file(pictures), "--yes");
        CommandRun again = shop.menu("plan", shop.file(pictures));

        assertThat(plan.out())
                .contains("  still missing: the media_id of ", "logo.png, which apply uploads first (image-");
        assertThat(uploadedByPlan).isZero();
        assertThat(apply.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(shop.calls("/cgi-bin/material/add_material")).isEqualTo(1);
        assertThat(shop.live(menus -> menus.get().toString())).doesNotContain("image-");
    }

    @Test
    void aPictureThatWeChatDoesNotHaveAnyMoreIsUploadedAnewTheNextTime() throws IOException {
        Files.write(shop.folder().resolve("logo.png"), "\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
        String picture = "button: [ { type: media_id, name: 图, image: logo.png } ]\n";
        shop.menu("apply", shop.file(picture), "--yes");
        shop.menu("delete", "--yes");
        shop.shop.wechat().apiFaults().next(CREATE, 1, new ApiFault.Refusal(40007, "invalid media_id"));

        CommandRun gone = shop.menu("apply", shop.file(picture), "--yes");
        CommandRun anew = shop.menu("apply", shop.file(picture), "--yes");

        assertThat(gone.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(gone.err())
                .contains("Weir will upload the pictures of the file again next time")
                .contains(
                        "menu/create has failed; WeChat means button[0] \"图\".\nNothing was changed.\nWeChat says 40007 ")
                .containsPattern("[\\u4e00-\\u9fff]{4}");
        assertThat(anew.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(shop.calls("/cgi-bin/material/add_material")).isEqualTo(2);
    }

    @Test
    void anUnknownTagIsFoundBeforeAnythingIsDone() {
        String file = shop.file(BEFORE.replace("老顾客", "老客"));

        CommandRun plan = shop.menu("plan", file);
        CommandRun json = shop.menu("apply", file, "--yes", "--json");

        assertThat(plan.exitCode()).isEqualTo(ExitCode.BAD_DATA);
        assertThat(plan.out())
                .contains(":14:23: error: conditional.vip.matchrule.tag: the account has no tag \"老客\" → did you mean"
                        + " \"老顾客\"?");
        assertThat(json.exitCode()).isEqualTo(ExitCode.BAD_DATA);
        assertThat(json.json().getJsonArray("findings")).hasSize(1);
        assertThat(shop.calls(CREATE)).isZero();
    }

    @Test
    void aFileWithErrorsIsNotEvenAskedAbout() {
        CommandRun plan = shop.menu("plan", shop.file("button: [ { type: click, name: a } ]\n"));

        assertThat(plan.exitCode()).isEqualTo(ExitCode.BAD_DATA);
        assertThat(plan.out()).contains("button[0].key", "[40019]");
        assertThat(shop.calls("/cgi-bin/menu/get")).isZero();
    }

    @Test
    void whenWeChatIsAwayInTheMiddleItTellsWhatIsLeft() {
        shop.menu("apply", shop.file(BEFORE), "--yes");
        shop.shop.wechat().apiFaults().always(ADD, new ApiFault.Html());

        CommandRun broken = shop.menu("apply", shop.file(AFTER), "--yes");
        shop.shop.wechat().clearFaults();
        CommandRun plan = shop.menu("plan", shop.file(AFTER));
        CommandRun apply = shop.menu("apply", shop.file(AFTER), "--yes");

        assertThat(broken.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(broken.err())
                .contains("menu/addconditional of \"vip\" has failed")
                .contains("Before: the default menu is replaced; this call may have been executed.")
                .contains("weir menu rollback --to " + shop.ids().get(1));
        assertThat(plan.exitCode()).isEqualTo(ExitCode.CHANGES_PENDING);
        assertThat(plan.out()).contains("  ~ vip: tag_id 100, client_platform_type 2\n", "Changes: 1 changed, 1 added");
        assertThat(apply.exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void refusesWhatTheQuotaIsTooSmallFor() {
        shop.shop.wechat().platform().exclusively(() -> {
            shop.shop.account().quotas().limit(ADD, 1);
            return true;
        });

        CommandRun apply = shop.menu("apply", shop.file(BEFORE), "--yes");

        assertThat(apply.err()).contains("(not enough)", "and would stop half-way; nothing was done");
        assertThat(shop.calls(CREATE)).isZero();
    }
}
