package io.weir.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.weir.OperatedGateway;
import io.weir.redis.RedisServer;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the gateway tells of its health, in words, with its Redis there and away. */
class ConsoleHealthBrowserIT {
    private static final RedisServer REDIS = RedisServer.start();

    @RegisterExtension
    static final OperatedGateway GATEWAY =
            OperatedGateway.open("text: { default: { text: \"{content}\" } }").sharing(REDIS.config());

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @AfterAll
    static void stop() {
        REDIS.close();
    }

    @Test
    void isToldInWordsOfThePagesLanguage() {
        GATEWAY.person("alice").says("hi");
        Page page = open(Look.DESK);

        assertThat(card(page, "instance")).containsText("Running for");
        assertThat(value(page, "state")).hasText("Redis, shared by the fleet");
        assertThat(value(page, "accounts.lastPush.form.plaintext")).hasText(Pattern.compile("20\\d\\d"));
        assertThat(value(page, "accounts.lastPush.form.encrypted")).hasText("never since the start");
        page.locator("#language").click();
        assertThat(card(page, "instance")).containsText("已运行");
        assertThat(value(page, "state")).hasText("Redis，各实例共用");
    }

    @Test
    void whatAnotherReleaseTellsIsShownByItsName() {
        Page page = open(Look.DESK);
        page.route("**/health", ConsoleHealthBrowserIT::tellMore);

        page.reload();

        assertThat(card(page, "turbine")).containsText("blades");
        assertThat(card(page, "turbine")).containsText("12");
        assertThat(value(page, "redis.shards")).hasText("3");
    }

    @Test
    void isCopiedAsTheJsonThatTheGatewaySent() {
        Page page = open(Look.DESK);
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));

        new ConsoleOnScreen(page).does("copy-json");

        assertThat(page.locator("[data-does='copy-json']")).hasText("Copied");
        Object copied = page.evaluate("navigator.clipboard.readText().then(text => JSON.parse(text).redis.role)");
        Assertions.assertThat(copied).isEqualTo("master");
    }

    @ParameterizedTest
    @MethodSource("io.weir.browser.Look#all")
    void looksRight(Look look) {
        Page page = open(look);
        shoot(page, look, "health-ready");

        REDIS.kill();
        try {
            seesState(page, "degraded");
            assertThat(page.locator(".reason")).containsText("REDIS_UNREACHABLE");
            assertThat(page.locator(".reason .remedy")).isVisible();
            shoot(page, look, "health-degraded");
        } finally {
            REDIS.restart();
        }
    }

    private static void tellMore(Route route) {
        APIResponse told = route.fetch();
        String more = told.text()
                .replaceFirst("\\{", "{\"turbine\": {\"blades\": 12},")
                .replaceFirst("\"redis\"\\s*:\\s*\\{", "\"redis\": {\"shards\": 3,");
        route.fulfill(new Route.FulfillOptions().setResponse(told).setBody(more));
    }

    private static Page open(Look look) {
        Page page = CHROMIUM.open(GATEWAY.console().resolve("#health"), look);
        seesState(page, "ready");
        return page;
    }

    /** Asks anew until the gateway has noticed. */
    private static void seesState(Page page, String status) {
        page.waitForCondition(() -> {
            page.locator(".view-head button").first().click();
            return page.locator(".health-state[data-status='" + status + "']").isVisible();
        });
    }

    private static Locator card(Page page, String kind) {
        return page.locator("[data-card='" + kind + "']");
    }

    private static Locator value(Page page, String path) {
        return page.locator("[data-path='" + path + "']");
    }

    private static void shoot(Page page, Look look, String what) {
        Chromium.assertSound(page);
        CHROMIUM.shootWhole(page, "console-" + what + "-" + look.name());
    }
}
