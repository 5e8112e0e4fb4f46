package io.weir.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.weir.OperatedGateway;
import io.weir.redis.RedisServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An operator who looks at what was kept of pushes, and has some of it handled again. */
class ConsoleJournalBrowserIT {
    private static final String REPLIES = "CLICK: { default: { text: \"{eventKey}\" } }";
    private static final String DEAD = "weir:{wx00000000000000de}:dead";
    private static final String OPEN_ID = "oABCDEFGHIJKLMNOPQRSTUVWXYZ1";

    private static final RedisServer REDIS = RedisServer.start();

    @RegisterExtension
    static final OperatedGateway GATEWAY = OperatedGateway.open(REPLIES).sharing(REDIS.config());

    @RegisterExtension
    static final OperatedGateway ALONE = OperatedGateway.open(REPLIES);

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @BeforeEach
    void noDeadLetters() {
        REDIS.command("DEL", DEAD);
    }

    @AfterAll
    static void stop() {
        REDIS.close();
    }

    @Test
    void aDeadLetterIsListedReplayedAndGone() {
        dead("V1001_SUNCK");
        ConsoleOnScreen console = open(GATEWAY, Look.DESK);
        Page page = console.page();
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(page.locator("tbody")).containsText("it broke");
        assertThat(page.locator("tbody")).containsText("oAB…XYZ1");

        page.locator("[data-entry]").click();
        Locator entry = page.locator("#journal-entry");
        assertThat(entry).containsText("V1001_SUNCK");
        assertThat(entry).not().containsText(OPEN_ID);
        console.does("reveal");
        assertThat(entry).containsText(OPEN_ID);
        console.does("replay");
        assertThat(console.dialog().locator("[data-total='1'] .outcome.replay")).isVisible();
        console.agree();

        assertThat(page.locator(".replay-box[data-state='done']")).containsText("1 of 1 handed over");
        assertThat(page.locator("[data-count='0']")).isVisible();
        assertThat(entry).hasCount(0);
        assertThat(letters()).isZero();
    }

    @Test
    void whatTheFilterFindsIsReplayedUntilItIsStopped() {
        for (int i = 0; i < 60; i++) {
            dead("V" + i);
        }
        ConsoleOnScreen console = open(GATEWAY, Look.DESK);
        Page page = console.page();
        assertThat(page.locator("tbody tr")).hasCount(50);
        console.does("older");
        assertThat(page.locator("tbody tr")).hasCount(60);
        console.filter("type", "VIEW");
        assertThat(page.locator("[data-count='0']")).isVisible();
        console.filter("type", "CLICK");
        assertThat(page.locator("tbody tr")).hasCount(50);

        console.does("replay-these");
        assertThat(console.dialog().locator("[data-total='60']")).isVisible();
        assertThat(letters()).isEqualTo(60);
        console.agree();
        assertThat(page.locator(".replay-box[data-state='running'] progress")).isVisible();
        console.does("stop-replay");

        assertThat(page.locator(".replay-box[data-state='stopped']")).isVisible();
        assertThat(letters()).isBetween(1L, 59L);
    }

    @Test
    void withoutRedisItSaysWhatIsMissing() {
        CHROMIUM.expect("409");

        ConsoleOnScreen console = open(ALONE, Look.DESK);

        assertThat(console.page().locator(".problem")).containsText("redis.uri");
    }

    @ParameterizedTest
    @MethodSource("io.weir.browser.Look#all")
    void looksRight(Look look) {
        dead("V1");
        dead("V2");
        ConsoleOnScreen console = open(GATEWAY, look);
        Page page = console.page();
        assertThat(page.locator("tbody tr")).hasCount(2);
        shoot(page, look, "list");
        page.locator("[data-entry]").first().click();
        assertThat(page.locator("#journal-entry pre")).isVisible();
        shoot(page, look, "entry");
        console.does("replay-these");
        assertThat(console.dialog()).isVisible();
        shoot(page, look, "dialog");
        console.agree();
        assertThat(page.locator(".replay-box[data-state='done']")).isVisible();
        shoot(page, look, "done");
    }

    private static void shoot(Page page, Look look, String what) {
        Chromium.assertSound(page);
        CHROMIUM.shoot(page, "console-journal-" + what + "-" + look.name());
    }

    private static ConsoleOnScreen open(OperatedGateway gateway, Look look) {
        ConsoleOnScreen console = new ConsoleOnScreen(CHROMIUM.open(gateway.console(), look)).live();
        console.goTo("journal");
        return console;
    }

    private static long letters() {
        return Long.parseLong(REDIS.command("XLEN", DEAD).substring(1).strip());
    }

    private static void dead(String key) {
        long now = System.currentTimeMillis();
        String xml = "<xml><ToUserName>gh_000000000000</ToUserName><FromUserName>" + OPEN_ID
                + "</FromUserName><CreateTime>" + now / 1000
                + "</CreateTime><MsgType>event</MsgType><Event>CLICK</Event><EventKey>" + key + "</EventKey></xml>";
        List<String> command = new ArrayList<>(List.of("XADD", DEAD, "*", "v", "1", "i", "p-" + key, "t", "CLICK"));
        command.addAll(List.of("s", OPEN_ID, "a", "" + now, "n", "1", "p", "", "x", xml, "f", "5", "e", "it broke"));
        REDIS.command(command.toArray(String[]::new));
    }
}
