package io.weir.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.weir.OperatedGateway;
import io.weir.redis.RedisServer;
import io.weir.simulator.people.Person;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The first view of the console, of one of two instances that share a Redis, and what is wrong now on every view. */
class ConsoleOverviewBrowserIT {
    private static final String REPLIES = """
            CLICK: { V1001_SUNCK: { text: "sunck is a good man" } }
            text: { default: { text: "{content}" } }
            """;

    /** A bucket, and the time to look at the next edge and to ask again. */
    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(40_000);

    /** Half of WeChat's threshold and some more. */
    private static final int FORGED = 17;

    private static final RedisServer REDIS = RedisServer.start();

    @RegisterExtension
    static final OperatedGateway HERE = OperatedGateway.open(REPLIES).sharing(REDIS.config());

    @RegisterExtension
    static final OperatedGateway THERE = OperatedGateway.open(REPLIES).sharing(REDIS.config());

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @BeforeAll
    static void push() {
        Person alice = HERE.person("alice");
        Person bob = THERE.person("bob");
        for (int i = 0; i < 20; i++) {
            alice.taps("V1001_SUNCK");
            bob.says("text " + i);
        }
        for (int i = 0; i < FORGED; i++) {
            HandMadePush.now().sendForged(THERE.pushUrl(), "<xml><MsgType>text</MsgType></xml>");
        }
    }

    @AfterAll
    static void stop() {
        REDIS.close();
    }

    @Test
    void isTheFirstViewAndTellsWhatAllInstancesHaveCounted() {
        Page page = open(Look.DESK);

        assertThat(page.locator("#views a").first()).hasAttribute("aria-current", "page");
        assertThat(page).hasURL(Pattern.compile("/console/$"));
        assertThat(page.locator("#instance")).hasText(Pattern.compile("\\S+-[a-z0-9]{6}"));
        assertThat(page.locator("[data-tile='refused'] strong")).hasText(Integer.toString(FORGED));
        assertThat(page.locator("[data-tile='p99']")).containsText("WeChat waits 5 s");
        assertThat(page.locator(".plot canvas").first()).isVisible();
        assertThat(page.locator("select[name='instance'] option")).hasCount(3);
    }

    @Test
    void isNarrowedToAnInstanceByTheAddress() {
        Page page = open(Look.DESK);
        String self = page.locator("#instance").textContent();

        page.locator("select[name='instance']").selectOption(self);

        assertThat(page).hasURL(Pattern.compile("#overview\\?instance=" + self + "$"));
        assertThat(page.locator("[data-tile='refused'] strong")).hasText("0");
        page.reload();
        assertThat(page.locator("select[name='instance']")).hasValue(self);
        assertThat(page.locator("[data-tile='refused'] strong")).hasText("0");
    }

    @Test
    void whatIsWrongIsOnEveryPageInTheTitleAndInTheIcon() {
        CHROMIUM.expect("422"); // the menu that is live has a key without an answer
        Page page = open(Look.DESK);
        Locator banner = page.locator("#now");

        for (String view : new String[] {"overview", "pushes", "answers", "menu"}) {
            new ConsoleOnScreen(page).goTo(view);
            assertThat(banner).containsText("WeChat's alarm 回应失败 is near for dev: " + FORGED + " failures");
            assertThat(page).hasTitle(Pattern.compile("^⚠ 1 · .+ · Weir$"));
            assertThat(page.locator("#icon")).hasAttribute("href", "icon-alert.svg");
        }

        banner.locator("summary").click();
        assertThat(banner).containsText("EncodingAESKey, mode or clock may differ from WeChat's");
        page.locator("#language").click();
        assertThat(banner).containsText("接近微信接口报警「回应失败」");
        assertThat(banner.locator("details")).hasAttribute("open", "");
    }

    @Test
    void aChartIsReadWithTheKeyboardAndAsATable() {
        Page page = open(Look.DESK);
        Locator chart = page.locator(".chart").filter(new Locator.FilterOptions().setHasText("Refused requests"));
        Locator readout = chart.locator(".readout");
        Locator plot = chart.locator(".plot");

        plot.focus();
        page.keyboard().press("Home");
        String first = readout.textContent();
        page.keyboard().press("ArrowRight");

        assertThat(readout).not().hasText(first);
        assertThat(readout).containsText("signature 0");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(chart.locator("td").nth(1)).hasText(Integer.toString(FORGED));
        assertThat(plot).hasAttribute("aria-label", Pattern.compile("^Refused requests by cause: signature"));
    }

    @Test
    void aDayHasOnePointForEachFiveMinutes() {
        Page page = open(Look.DESK);

        page.locator("select[name='span']").selectOption("day");

        assertThat(page.locator(".overview")).containsText("one point for each 5 min");
    }

    @ParameterizedTest
    @MethodSource("io.weir.browser.Look#all")
    void looksRight(Look look) {
        Page page = open(look);

        shoot(page, look, "overview");
        page.locator("#now summary").click();
        shoot(page, look, "overview-now");
        page.locator("#views a[href='#pushes']").click();
        new ConsoleOnScreen(page).live();
        shoot(page, look, "overview-now-pushes");
    }

    private static void shoot(Page page, Look look, String what) {
        Chromium.assertSound(page);
        CHROMIUM.shoot(page, "console-" + what + "-" + look.name());
        CHROMIUM.shootWhole(page, "console-" + what + "-whole-" + look.name());
    }

    /** Once all that was pushed is in it. */
    private static Page open(Look look) {
        Page page = CHROMIUM.open(HERE.console().resolve("."), look);
        assertThat(page.locator("[data-tile='pushes'] strong")).containsText("40", SOON);
        assertThat(page.locator("[data-tile='refused'] strong")).containsText(Integer.toString(FORGED), SOON);
        return page;
    }
}
