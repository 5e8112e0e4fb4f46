package io.weir.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import io.vertx.core.buffer.Buffer;
import io.weir.OperatedGateway;
import io.weir.simulator.platform.PlatformAccount;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator who changes an account's menus. */
class ConsoleMenuBrowserIT {
    @RegisterExtension
    static final OperatedGateway GATEWAY = OperatedGateway.open("""
            CLICK: { default: { text: "{eventKey}" } }
            """);

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String OLD = """
            {"button":[{"type":"click","name":"Old","key":"OLD"}]}""";
    private static final String NEW = """
            button:
              - { type: click, name: Fresh, key: FRESH }
              - name: 逛一逛
                sub_button:
                  - { type: view, name: 主页, url: "https://www.example.com/" }
            """;

    @BeforeEach
    void publishTheOldMenu() {
        publish(OLD);
    }

    @Test
    void theLiveMenuIsDrawnAsThePhoneShowsIt() {
        publish("""
                {"button":[{"name":"逛一逛看看","sub_button":[{"type":"click","name":"sunck","key":"V1001_SUNCK"}]}]}""");

        ConsoleOnScreen console = open();

        assertThat(console.page().locator(".live .phone-first")).hasText("≡ 逛一逛看…");
        assertThat(console.page().locator(".live .phone-sub")).hasText("sunck");
        assertThat(console.page().locator(".live .button-tree").first()).containsText("逛一逛看看");
    }

    @Test
    void aFileIsJudgedWhileItIsWritten() {
        CHROMIUM.expect("422");
        ConsoleOnScreen console = open();

        write(console, "button: [{ type: click, name: " + "x".repeat(61) + ", key: FRESH }]");

        Locator finding = console.page().locator(".finding.error").first();
        assertThat(finding).containsText("button[0].name");
        assertThat(finding).containsText("line 1");
        assertThat(finding).containsText("61 of at most");
        assertThat(finding.locator(".errcode")).hasText("40018");
        write(console, NEW);
        assertThat(console.page().locator("[data-valid='true']")).isVisible();
        assertThat(console.page().locator(".finding.error")).hasCount(0);
    }

    @Test
    void warningsAreCountedBesideTheErrors() {
        ConsoleOnScreen console = open();

        write(console, "button: [{ type: click, name: 逛一逛看看, key: FRESH }]");

        assertThat(console.page().locator("[data-valid='true']")).hasText("No errors, 1 warning.");
        assertThat(console.page().locator(".finding.warning")).hasCount(1);
    }

    @Test
    void aFileIsOpened() {
        ConsoleOnScreen console = open();
        console.does("mode-text");
        assertThat(console.page().locator("#menu-file")).isVisible();

        console.page()
                .locator("input[type='file']")
                .setInputFiles(new FilePayload("menu.yaml", "application/yaml", NEW.getBytes(StandardCharsets.UTF_8)));

        assertThat(console.page().locator("#menu-file")).hasValue(NEW);
        assertThat(console.page().locator("[data-valid='true']")).isVisible();
    }

    @Test
    void aPlanIsAppliedAfterAConfirmationAndRolledBackAfterAnotherOne() {
        ConsoleOnScreen console = open();
        write(console, NEW);
        console.does("plan");
        Locator plan = console.page().locator(".plan-place");
        assertThat(plan.locator("[data-change='changed']")).containsText("Fresh");
        assertThat(plan.locator("[data-change='added']").first()).containsText("逛一逛");
        assertThat(plan.locator("del").first()).hasText("Old");

        console.does("apply");
        assertThat(console.dialog()).containsText("Change the menus of dev?");
        assertThat(console.dialog().locator("del").first()).hasText("Old");
        Assertions.assertThat(live()).contains("OLD");
        console.agree();

        assertThat(plan.locator(".same")).containsText("Applied.");
        assertThat(console.page().locator(".live .phone-first").first()).hasText("Fresh");
        Assertions.assertThat(live()).contains("FRESH").doesNotContain("OLD");

        console.does("roll-back");
        assertThat(console.dialog()).containsText("Roll back the menus of dev?");
        Chromium.assertSound(console.page());
        assertThat(console.dialog().locator("[data-change='changed']")).containsText("Old");
        assertThat(console.dialog().locator("[data-change='removed']").first()).containsText("逛一逛");
        console.agree();

        assertThat(console.page().locator(".backups .same")).containsText("Rolled back.");
        assertThat(plan.locator(".same")).hasCount(0);
        assertThat(console.page().locator(".live .phone-first")).hasText(new String[] {"Old"});
        Assertions.assertThat(live()).contains("OLD").doesNotContain("FRESH");
        Locator backups = console.page().locator(".backups tbody tr");
        assertThat(backups.first()).containsText("Fresh / 逛一逛");
        Assertions.assertThat(backups.locator("td:first-child").allTextContents())
                .hasSizeGreaterThan(1)
                .doesNotHaveDuplicates();
    }

    @Test
    void aDraftIsThereAfterLeavingThePageAndAReload() {
        ConsoleOnScreen console = open();
        write(console, NEW);
        console.goTo("health");

        console.page().goBack();
        assertThat(console.page().locator("#menu-file")).hasValue(NEW);
        console.page().reload();

        assertThat(console.page().locator("#menu-file")).hasValue(NEW);
    }

    @Test
    void headingsHaveTheirOrder() {
        ConsoleOnScreen console = open();
        write(console, NEW);
        console.does("plan");
        assertThat(console.page().locator(".plan-place .plan-tree")).isVisible();

        Object levels = console.page()
                .evaluate(
                        "() => [...document.querySelectorAll('h1, h2, h3, h4')].map((node) => Number(node.tagName[1]))");

        List<?> found = (List<?>) levels;
        Assertions.assertThat(found.get(0)).isEqualTo(1);
        for (int i = 1; i < found.size(); i++) {
            Assertions.assertThat((Integer) found.get(i)).isLessThanOrEqualTo((Integer) found.get(i - 1) + 1);
        }
    }

    @Test
    void nothingIsDoneWhenNobodyAgrees() {
        ConsoleOnScreen console = open();
        write(console, NEW);
        console.does("plan");
        console.does("apply");

        console.page().keyboard().press("Escape");

        assertThat(console.dialog()).hasCount(0);
        Assertions.assertThat(live()).contains("OLD");
    }

    @Test
    void aPlanIsNotAppliedToOtherMenusThanItWasMadeFor() {
        CHROMIUM.expect("412");
        ConsoleOnScreen console = open();
        write(console, NEW);
        console.does("plan");
        assertThat(console.page().locator(".plan-place [data-change]").first()).isVisible();
        publish("""
                {"button":[{"type":"click","name":"Other","key":"OTHER"}]}""");

        console.does("apply");
        console.agree();

        Locator place = console.page().locator(".plan-place");
        assertThat(place.locator(".problem")).containsText("The menus have changed since the plan was made");
        assertThat(place.locator("del").first()).hasText("Other");
        Assertions.assertThat(live()).contains("OTHER");
        console.does("apply");
        console.agree();
        assertThat(place.locator(".same")).containsText("Applied.");
        Assertions.assertThat(live()).contains("FRESH");
    }

    @Test
    void whoSeesWhat() {
        publishFor(
                "{\"button\":[{\"type\":\"click\",\"name\":\"Robot\",\"key\":\"R\"}],\"matchrule\":{\"client_platform_type\":\"2\"}}");
        ConsoleOnScreen console = open();
        assertThat(console.page().locator(".live .personalised")).containsText("client_platform_type = 2");

        console.page().locator(".sight-form [name='platform']").selectOption("android");
        console.does("match");

        assertThat(console.page().locator(".sight .phone-first")).hasText(new String[] {"Robot"});
        Chromium.assertSound(console.page());
        console.page().locator(".sight-form [name='platform']").selectOption("ios");
        console.does("match");
        assertThat(console.page().locator(".sight .phone-first")).hasText(new String[] {"Old"});
    }

    private static ConsoleOnScreen open() {
        ConsoleOnScreen console =
                new ConsoleOnScreen(CHROMIUM.open(GATEWAY.console().resolve("#menu"), Look.DESK));
        assertThat(console.page().locator(".live .phone-menu").first()).isVisible();
        return console;
    }

    private static void write(ConsoleOnScreen console, String file) {
        console.writeMenuFile(file);
    }

    private static String live() {
        return exclusively(account -> account.menus().get());
    }

    private static void publish(String menu) {
        exclusively(account -> {
            account.menus().delete();
            account.menus().create(Buffer.buffer(menu));
            return JsonNodeFactory.instance.objectNode();
        });
    }

    private static void publishFor(String menu) {
        exclusively(account -> {
            account.menus().addConditional(Buffer.buffer(menu));
            return JsonNodeFactory.instance.objectNode();
        });
    }

    private static String exclusively(Function<PlatformAccount, ObjectNode> action) {
        PlatformAccount account = GATEWAY.wechat().account("dev");
        return GATEWAY.wechat()
                .platform()
                .exclusively(() -> action.apply(account))
                .toString();
    }
}
