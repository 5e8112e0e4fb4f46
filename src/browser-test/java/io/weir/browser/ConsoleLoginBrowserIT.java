package io.weir.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.weir.OperatedGateway;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may see the console where an admin token is set. */
class ConsoleLoginBrowserIT {
    private static final String TOKEN = "correct-horse-battery-staple";
    private static final String VIEWER = "a-viewer-sees-and-changes-nothing";

    @RegisterExtension
    static final OperatedGateway GATEWAY =
            OperatedGateway.locked("text: { default: { text: hello } }", TOKEN).alsoFor("anna", VIEWER, "viewer");

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @Test
    void anotherTokenIsRefusedInWords() {
        CHROMIUM.expect("401");
        Page page = open();

        logIn(page, "guess");

        assertThat(page.locator(".problem")).containsText("This is no token of the admin port.");
        assertThat(page.locator("#token")).isFocused();
        assertThat(page.locator("#token")).hasValue("");
        assertThat(page.locator("#views a")).hasCount(0);
        assertThat(page.locator(".push-row")).hasCount(0);
    }

    @Test
    void theTokenOpensTheConsoleAndIsNotKept() {
        Page page = open();

        logIn(page, TOKEN);

        new ConsoleOnScreen(page).live();
        Assertions.assertThat(page.evaluate("document.cookie")).isEqualTo("");
        Assertions.assertThat(page.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage })")
                        .toString())
                .doesNotContain(TOKEN);
        Assertions.assertThat(page.content()).doesNotContain(TOKEN);
        Assertions.assertThat(page.context().cookies()).singleElement().satisfies(ConsoleLoginBrowserIT::isStrict);
    }

    private static void isStrict(Cookie cookie) {
        Assertions.assertThat(cookie.httpOnly).isTrue();
        Assertions.assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
        Assertions.assertThat(cookie.value).doesNotContain(TOKEN);
    }

    @Test
    void aSessionOutlivesTheReloadOfAPage() {
        Page page = open();
        logIn(page, TOKEN);
        new ConsoleOnScreen(page).live();

        page.reload();

        new ConsoleOnScreen(page).live();
        assertThat(page.locator("#token")).hasCount(0);
    }

    @Test
    void whoLogsOutSeesNothingMore() {
        CHROMIUM.expect("401");
        Page page = open();
        logIn(page, TOKEN);
        new ConsoleOnScreen(page).live();

        page.locator("#log-out").click();

        assertThat(page.locator("#token")).isVisible();
        assertThat(page.locator("#log-out")).isHidden();
        Object status = page.evaluate("fetch('/api/v1/pushes').then((answer) => answer.status)");
        Assertions.assertThat(status).isEqualTo(401);
    }

    @Test
    void aSessionThatIsOverLeadsToTheLoginAndBack() {
        CHROMIUM.expect("401");
        Page page = open();
        logIn(page, TOKEN);
        new ConsoleOnScreen(page).live();
        page.context().clearCookies();

        page.locator("#views a[href='#health']").click();
        assertThat(page.locator("#token")).isVisible();
        logIn(page, TOKEN);

        assertThat(page.locator(".health-state")).isVisible();
    }

    @Test
    void aViewerSeesWhichRightAButtonNeeds() {
        CHROMIUM.expect("403");
        GATEWAY.person("alice").says("hi");
        Page page = open();

        logIn(page, VIEWER);

        ConsoleOnScreen console = new ConsoleOnScreen(page).live();
        assertThat(page.locator("#views a[href='#audit']")).hasCount(0);
        Locator detail = console.open("reply");
        assertThat(detail.locator("[data-does='replay']")).isDisabled();
        assertThat(detail.locator("[data-does='reveal']")).hasAttribute("title", "Your token lacks the right reveal.");
        console.goTo("token");
        assertThat(page.locator("[data-does='refresh']")).isDisabled();
        assertThat(page.locator("[data-does='refresh']")).hasAttribute("title", "Your token lacks the right operate.");
        Chromium.assertSound(page);
        CHROMIUM.shoot(page, "console-viewer-token-1280");
        Object status = page.evaluate("fetch('/api/v1/accounts/dev/token/refresh', "
                + "{ method: 'POST', body: '{}', headers: { 'X-Weir-Console': '1' } }).then(answer => answer.status)");
        Assertions.assertThat(status).isEqualTo(403);
    }

    @Test
    void anOperatorSeesWhoHasUsedARight() {
        CHROMIUM.expect("401");
        GATEWAY.person("alice").says("hi");
        Page page = open();
        logIn(page, TOKEN);
        ConsoleOnScreen console = new ConsoleOnScreen(page).live();
        console.open("reply");
        console.does("reveal");
        assertThat(page.locator("#push-detail [data-does='reveal']")).hasText("Mask OpenIDs and texts");

        console.goTo("audit");

        assertThat(page.locator("tbody tr").first()).containsText("admin.token");
        assertThat(page.locator("tbody tr").first()).containsText("reveal");
        assertThat(page.locator("tbody tr").first()).containsText("GET /api/v1/");
    }

    @Test
    void theKeyboardIsEnough() {
        Page page = open();

        assertThat(page.locator("#token")).isFocused();
        page.keyboard().type(TOKEN);
        page.keyboard().press("Enter");

        new ConsoleOnScreen(page).live();
    }

    private static Page open() {
        Page page = CHROMIUM.open(GATEWAY.console(), Look.DESK);
        assertThat(page.locator("#token")).isVisible();
        return page;
    }

    private static void logIn(Page page, String token) {
        page.locator("#token").fill(token);
        page.locator(".login button").click();
    }
}
