package io.weir.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.weir.OperatedGateway;
import io.weir.simulator.people.Person;
import io.weir.simulator.push.PushMode;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Takes pictures of all there is to see on the console, to be looked at by people; that nothing sticks out is checked. */
class ConsoleLooksBrowserIT {
    private static final String TOKEN = "correct-horse-battery-staple";

    @RegisterExtension
    static final OperatedGateway GATEWAY = OperatedGateway.locked("""
            CLICK:
              V1001_SUNCK: { text: "sunck is a good man" }
              default: { text: "{eventKey}" }
            scancode_waitmsg: { default: { text: "Scanned {scanType}: {scanResult}" } }
            location_select: { default: { text: "{label}" } }
            text: { 你好: { text: 你好！ }, default: { text: "{content}" } }
            subscribe: { default: { text: 欢迎关注 } }
            """, TOKEN).mode(PushMode.SAFE);

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String MENU = """
            button:
              - name: 逛一逛
                sub_button:
                  - { type: click, name: sunck, key: V1001_SUNCK }
                  - { type: view, name: 主页, url: "https://www.example.com/start/" }
                  - { type: click, name: 新品上架第一时间看, key: NEWS }
              - { type: click, name: 今日要闻, key: NEWS_TODAY }
            """;

    @ParameterizedTest
    @MethodSource("io.weir.browser.Look#all")
    void looksRight(Look look) {
        CHROMIUM.expect("401");
        CHROMIUM.expect("409");
        CHROMIUM.expect("422");
        pushes();
        Page page = CHROMIUM.open(GATEWAY.console(), look);
        logIn(page, look);

        shootPushes(page, look);
        shootView(page, look, "fleet", "[data-state='ready']");
        shootView(page, look, "journal", ".problem");
        shootView(page, look, "answers", ".handler");
        page.evaluate("fetch('/api/v1/accounts/dev/token/refresh', "
                + "{ method: 'POST', body: '{}', headers: { 'X-Weir-Console': '1' } }).then(answer => answer.status)");
        shootView(page, look, "token", ".moving");
        // An hour of two is half of it, however long ago it was fetched.
        assertThat(page.locator("[data-credential='accessToken'] progress")).hasAttribute("max", "7200");
        shootDialog(page, look, "token-refresh", "refresh");
        shootView(page, look, "health", "[data-card='instance']");
        shootView(page, look, "audit", "tbody tr");
        shootMenu(page, look);
    }

    @Test
    void theSwitchesAreRemembered() {
        Page page = CHROMIUM.open(GATEWAY.console(), Look.DESK);
        page.locator("#language").click();
        page.locator("#theme").click();
        page.locator("#theme").click();

        page.reload();

        assertThat(page.locator("html")).hasAttribute("lang", "zh-CN");
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(page.locator(".login h1")).hasText("登录");
    }

    private static void pushes() {
        Person alice = GATEWAY.person("alice");
        alice.follows();
        alice.says("你好");
        alice.taps("https://www.example.com/index/");
        alice.taps("rselfmenu_1_2");
        alice.taps("rselfmenu_2_0");
        HandMadePush.now().sendForged(GATEWAY.pushUrl(), "<xml><MsgType>text</MsgType></xml>");
        alice.unfollows();
        alice.follows();
        alice.taps("V1001_SUNCK");
    }

    private static void logIn(Page page, Look look) {
        page.locator("#token").fill("guess");
        page.locator(".login button").click();
        assertThat(page.locator(".problem")).isVisible();
        shoot(page, look, "login");
        page.locator("#token").fill(TOKEN);
        page.locator(".login button").click();
        new ConsoleOnScreen(page).live();
    }

    private static void shootPushes(Page page, Look look) {
        ConsoleOnScreen console = new ConsoleOnScreen(page);
        shoot(page, look, "pushes");
        console.open("reply");
        shoot(page, look, "detail");
        console.does("replay");
        assertThat(page.locator(".replay-box [data-same]")).isVisible();
        shoot(page, look, "replay");
        CHROMIUM.shootWhole(page, "console-replay-whole-" + look.name());
        console.open("refused");
        shoot(page, look, "refused");
        if (page.locator("[data-focus='filters']").isVisible()) {
            page.locator("[data-focus='filters']").click();
            shoot(page, look, "filters");
        }
    }

    private static void shootView(Page page, Look look, String view, String shown) {
        new ConsoleOnScreen(page).goTo(view);
        assertThat(page.locator(shown).first()).isVisible();
        shoot(page, look, view);
        CHROMIUM.shootWhole(page, "console-" + view + "-whole-" + look.name());
    }

    private static void shootMenu(Page page, Look look) {
        shootView(page, look, "menu", ".live .phone-menu");
        new ConsoleOnScreen(page).writeMenuFile("button: [{ type: click, name: " + "x".repeat(61) + ", key: \"\" }]");
        Locator finding = page.locator(".finding").first();
        assertThat(finding).isVisible();
        finding.scrollIntoViewIfNeeded();
        shoot(page, look, "menu-findings");
        page.locator("#menu-file").fill(MENU);
        new ConsoleOnScreen(page).does("plan");
        assertThat(page.locator(".plan-place .plan-tree")).isVisible();
        assertThat(page.locator("[data-valid='true']")).isVisible();
        page.locator(".plan-place .plan-tree").scrollIntoViewIfNeeded();
        shoot(page, look, "menu-plan");
        shootDialog(page, look, "menu-apply", "apply");
        page.locator(".sight-form [name='platform']").selectOption("ios");
        new ConsoleOnScreen(page).does("match");
        assertThat(page.locator(".sight .phone-menu")).isVisible();
        CHROMIUM.shootWhole(page, "console-menu-all-" + look.name());
    }

    private static void shootDialog(Page page, Look look, String what, String purpose) {
        ConsoleOnScreen console = new ConsoleOnScreen(page);
        console.does(purpose);
        assertThat(console.dialog()).isVisible();
        shoot(page, look, what);
        page.keyboard().press("Escape");
        assertThat(console.dialog()).hasCount(0);
    }

    /** What can be filled in or pressed is to be seen: 3:1 against what is around it, but for what is disabled. */
    private static void assertBordersAreSeen(Page page) {
        Object faint = page.evaluate("""
                () => {
                  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
                  const luminance = (colour) => {
                    const [r, g, b] = parts(colour).map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
                    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                  };
                  const behind = (node) => {
                    const colour = getComputedStyle(node).backgroundColor;
                    return (parts(colour)[3] ?? 1) > 0 || !node.parentElement ? colour : behind(node.parentElement);
                  };
                  const contrast = (one, other) => {
                    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
                    return (high + 0.05) / (low + 0.05);
                  };
                  return [...document.querySelectorAll('input, select, textarea')]
                    .filter((node) => node.checkVisibility() && !['checkbox', 'radio'].includes(node.type))
                    .map((node) => [node.name, contrast(getComputedStyle(node).borderTopColor, behind(node.parentElement))])
                    .filter(([name, found]) => found < 3)
                    .map(String);
                }""");
        Assertions.assertThat((List<?>) faint).isEmpty();
    }

    private static void shoot(Page page, Look look, String what) {
        Chromium.assertSound(page);
        assertBordersAreSeen(page);
        CHROMIUM.shoot(page, "console-" + what + "-" + look.name());
    }
}
