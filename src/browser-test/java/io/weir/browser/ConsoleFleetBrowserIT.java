package io.weir.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.weir.OperatedGateway;
import io.weir.redis.Await;
import io.weir.redis.RedisServer;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An operator at the console of one of two instances that share a Redis. */
class ConsoleFleetBrowserIT {
    private static final String REPLIES = """
            CLICK: { V1001_SUNCK: { text: "sunck is a good man" } }
            text: { default: { text: "{content}" } }
            """;

    private static final RedisServer REDIS = RedisServer.start();

    @RegisterExtension
    static final OperatedGateway HERE = OperatedGateway.open(REPLIES).sharing(REDIS.config());

    @RegisterExtension
    static final OperatedGateway THERE = OperatedGateway.open(REPLIES).sharing(REDIS.config());

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @AfterAll
    static void stop() {
        REDIS.close();
    }

    @Test
    void allInstancesAreListedWithTheirState() {
        ConsoleOnScreen console = open(Look.DESK);

        console.goTo("fleet");

        Locator rows = console.page().locator(".card tbody tr");
        assertThat(rows).hasCount(2);
        assertThat(rows.locator("[data-state='ready']")).hasCount(2);
        assertThat(console.page().locator("tbody small").getByText("this one")).hasCount(1);
    }

    @Test
    void aPushToAnotherInstanceAppearsAsItArrivesAndIsOpenedFromThere() {
        ConsoleOnScreen console = open(Look.DESK);

        THERE.person("alice").taps("V1001_SUNCK");

        Locator row = console.rows("reply").first();
        assertThat(row).containsText("V1001_SUNCK");
        assertThat(row.locator(".push-instance")).hasText(Pattern.compile("\\S+-[a-z0-9]{6}"));
        Locator detail = console.open("reply");
        assertThat(detail.locator("pre[aria-label='Reply']")).containsText("sunck is a good man");
        assertThat(console.page()).hasURL(Pattern.compile("#pushes\\?id=\\S+%2F\\d+$"));
        console.does("replay");
        assertThat(detail.locator("[data-same='true']")).isVisible();
        console.page().reload();
        assertThat(detail.locator("pre[aria-label='Reply']")).containsText("sunck is a good man");
    }

    @Test
    void whatWasWrittenElsewhereIsHiddenUntilSomebodyAsks() {
        ConsoleOnScreen console = open(Look.DESK);
        THERE.person("bob").says("nobody may know this");
        assertThat(console.rows().first()).containsText("text");

        console.rows().first().click();

        Locator detail = console.detail();
        assertThat(detail.locator(".checks")).isVisible();
        assertThat(detail).not().containsText("nobody may know this");
        console.does("reveal");
        assertThat(detail).containsText("nobody may know this");
    }

    @Test
    void theListIsNarrowedToAnInstanceFromThePageOfInstances() {
        ConsoleOnScreen console = open(Look.DESK);
        HERE.person("carol").taps("V1001_SUNCK");
        THERE.person("dave").says("from there");
        assertThat(console.rows().first()).isVisible();
        console.goTo("fleet");
        Locator other = console.page()
                .locator(".card tbody tr")
                .filter(new Locator.FilterOptions().setHasNotText("this one"))
                .locator("a");

        other.click();

        console.live();
        assertThat(console.page()).hasURL(Pattern.compile("#pushes\\?instance=\\S+$"));
        assertThat(console.rows()
                        .filter(new Locator.FilterOptions().setHasText("text"))
                        .first())
                .isVisible();
        String name = console.page().locator(".filters [name='instance']").inputValue();
        assertThat(console.rows().filter(new Locator.FilterOptions().setHasNotText(name)))
                .hasCount(0);
    }

    @Test
    void anAnswerThatIsSavedHereIsGivenThere() {
        Page page = CHROMIUM.open(HERE.console().resolve("#answers"), Look.DESK);
        assertThat(page.locator("[data-note='fleetFollows']")).isVisible();
        page.locator("[data-does='add-answer']").click();
        page.locator("[name='new-type']").selectOption("CLICK");
        page.locator("[name='new-key']").fill("SHARED");
        page.locator("dialog [data-does='agree']").click();
        page.locator(".answer-editor [data-field='.text']").fill("for all");

        page.locator("[data-does='save']:enabled").click();
        page.locator("dialog [data-does='agree']").click();

        assertThat(page.locator("[data-note='saved']")).isVisible();
        Await.until("the other instance has it", () -> Files.exists(THERE.repliesFile()));
        Page other = CHROMIUM.open(THERE.console().resolve("#answers"), Look.DESK);
        assertThat(other.locator("[data-rule='CLICK.SHARED'] .answer-summary")).hasText("for all");
    }

    @ParameterizedTest
    @MethodSource("io.weir.browser.Look#all")
    void looksRight(Look look) {
        HERE.person("erin").taps("V1001_SUNCK");
        THERE.person("frank").taps("V1001_SUNCK");
        ConsoleOnScreen console = open(look);
        Page page = console.page();
        assertThat(console.rows().nth(1)).isVisible();
        shoot(page, look, "pushes");
        console.rows().first().click();
        assertThat(console.detail().locator(".checks")).isVisible();
        shoot(page, look, "detail");
        page.locator("#views a[href='#fleet']").click();
        assertThat(page.locator("[data-state='ready']")).hasCount(2);
        shoot(page, look, "instances");
    }

    private static void shoot(Page page, Look look, String what) {
        Chromium.assertSound(page);
        CHROMIUM.shoot(page, "console-fleet-" + what + "-" + look.name());
    }

    private static ConsoleOnScreen open(Look look) {
        return new ConsoleOnScreen(CHROMIUM.open(HERE.console(), look)).live();
    }
}
