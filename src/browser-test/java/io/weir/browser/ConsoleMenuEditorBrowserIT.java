package io.weir.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import io.vertx.core.buffer.Buffer;
import io.weir.OperatedGateway;
import io.weir.simulator.platform.PlatformAccount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.function.Function;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody who changes the menus on the phone that the console draws, and writes no file. */
class ConsoleMenuEditorBrowserIT {
    @RegisterExtension
    static final OperatedGateway GATEWAY = OperatedGateway.open("""
            CLICK: { default: { text: "{eventKey}" } }
            scancode_waitmsg: { default: { text: "{scanResult}" } }
            """);

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String LIVE = """
            {"button":[
              {"type":"click","name":"今日","key":"TODAY"},
              {"name":"更多","sub_button":[
                {"type":"view","name":"主页","url":"https://www.example.com/"},
                {"type":"click","name":"帮助","key":"HELP"}]}]}""";

    @BeforeEach
    void publish() {
        publish(LIVE);
    }

    @Test
    void aMenuIsChangedAndAppliedWithoutAFile() {
        CHROMIUM.expect("422");
        Page page = open(Look.DESK);
        page.locator("[data-add='first']").click();
        field(page, "name").fill("扫一扫");
        field(page, "type").selectOption("scancode_waitmsg");
        assertThat(page.locator("[data-findings='key'] .error")).isVisible();
        field(page, "key").fill("SCAN");
        assertThat(page.locator("[data-valid='true']")).isVisible();
        page.locator("[data-add='1']").click();
        field(page, "name").fill("订单");
        field(page, "key").fill("ORDERS");

        ConsoleOnScreen console = new ConsoleOnScreen(page);
        console.does("plan");
        assertThat(page.locator(".plan-place [data-change='added']")).hasCount(2);
        console.does("apply");
        console.agree();

        assertThat(page.locator(".plan-place .same")).containsText("Applied.");
        assertThat(page.locator("[data-draft='false']")).isVisible();
        JsonNode buttons = live().at("/menu/button");
        Assertions.assertThat(buttons.at("/2/type").asText()).isEqualTo("scancode_waitmsg");
        Assertions.assertThat(buttons.at("/2/key").asText()).isEqualTo("SCAN");
        Assertions.assertThat(buttons.at("/1/sub_button/2/key").asText()).isEqualTo("ORDERS");
    }

    @Test
    void whatIsWrittenIsCountedAndShownAsThePhoneShowsIt() {
        CHROMIUM.expect("422");
        Page page = open(Look.DESK);

        field(page, "name").fill("今日动态好");

        Locator count = page.locator(".button-fields .count").first();
        assertThat(count).containsText("15 of 16 bytes · as wide as 5 Chinese characters, 4 are shown");
        assertThat(phone(page, "0")).hasText("今日动态…");
        field(page, "name").fill("今日动态好!!");
        assertThat(count).hasClass("count cut over");
        assertThat(page.locator("[data-findings='name'] .error")).isVisible();
        assertThat(phone(page, "0").locator(".error-sign")).isVisible();
        page.locator(".finding-list .link").first().click();
        assertThat(field(page, "name")).isFocused();
    }

    @Test
    void buttonsMoveByKeyboardAndItIsSaid() {
        Page page = open(Look.DESK);
        phone(page, "1,1").focus();

        page.keyboard().press("Shift+ArrowUp");

        assertThat(said(page)).hasText("帮助 moved: entry 1 of 2 below 更多.");
        assertThat(phone(page, "1,0")).isFocused();
        assertThat(phone(page, "1,0")).hasText("帮助");
        page.keyboard().press("Shift+ArrowUp");
        assertThat(said(page)).hasText("Not moved: there is no place further on.");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        assertThat(phone(page, "1")).isFocused();
        page.keyboard().press("Shift+ArrowLeft");
        assertThat(said(page)).hasText("更多 moved: first level, 1 of 2.");
        page.keyboard().press("Delete");
        assertThat(said(page)).hasText("更多 deleted. Undo brings it back.");
        assertThat(page.locator(".phone-edit [data-at^='b']")).hasCount(1);
        new ConsoleOnScreen(page).does("undo");
        assertThat(page.locator(".phone-edit [data-at^='b']")).hasCount(4);
    }

    @Test
    void buttonsAreDraggedToWhereThereIsSpace() {
        Page page = open(Look.DESK);

        phone(page, "0").dragTo(phone(page, "1,1"));

        assertThat(phone(page, "0")).hasText("≡ 更多");
        assertThat(phone(page, "0,1")).hasText("今日");
        phone(page, "0,0").dragTo(page.locator("[data-add='first']"));
        assertThat(phone(page, "1")).hasText("主页");
        phone(page, "0").dragTo(phone(page, "0,0"));
        assertThat(phone(page, "0")).hasText("≡ 更多");
        assertThat(phone(page, "0,0")).hasText("今日");
    }

    @Test
    void aPersonalisedMenuHasItsRuleAndItsPreview() {
        CHROMIUM.expect("422");
        Page page = open(Look.DESK);
        ConsoleOnScreen console = new ConsoleOnScreen(page);

        console.does("add-menu");

        assertThat(page.locator(".finding.error .errcode").first()).hasText("65304");
        page.locator(".rule-fields [name='name']").fill("android");
        page.locator("[name='client_platform_type']").selectOption("2");
        assertThat(page.locator("[data-valid='true']")).isVisible();
        phone(page, "0").click();
        field(page, "name").fill("安卓");
        assertThat(page.locator(".preview-seen")).hasAttribute("data-seen", "");
        page.locator("[name='viewer-platform']").selectOption("2");
        assertThat(page.locator(".preview-seen")).hasAttribute("data-seen", "android");
        assertThat(page.locator(".preview-seen .phone-first").first()).hasText("安卓");
        console.does("plan");
        console.does("apply");
        console.agree();
        assertThat(page.locator(".plan-place .same")).containsText("Applied.");
        Assertions.assertThat(live().at("/conditionalmenu/0/button/0/name").asText())
                .isEqualTo("安卓");
    }

    @Test
    void aDraftStaysAfterLeavingThePageAndAReloadUntilItIsDiscarded() {
        Page page = open(Look.DESK);
        ConsoleOnScreen console = new ConsoleOnScreen(page);
        field(page, "name").fill("明日");
        console.goTo("health");

        page.goBack();
        assertThat(phone(page, "0")).hasText("明日");
        page.reload();
        assertThat(phone(page, "0")).hasText("明日");
        assertThat(page.locator("[data-draft='true']")).isVisible();

        console.does("take");
        console.agree();
        assertThat(phone(page, "0")).hasText("今日");
        page.reload();
        assertThat(phone(page, "0")).hasText("今日");
    }

    @Test
    void aDraftOfMenusThatAreNotLiveAnyMoreSaysSo() {
        Page page = open(Look.DESK);
        field(page, "name").fill("明日");
        assertThat(page.locator("[data-notice='stale']")).hasCount(0);
        publish(LIVE.replace("HELP", "FAQ"));

        page.locator(".view-head button").click();

        assertThat(page.locator("[data-notice='stale']")).containsText("The live menus have changed");
        Chromium.assertSound(page);
        assertThat(phone(page, "0")).hasText("明日");
    }

    @Test
    void aSecondTabIsNoticedAndNothingIsLost() {
        Page first = open(Look.DESK);
        Page second = first.context().newPage();
        second.navigate(first.url());
        assertThat(phone(second, "0")).hasText("今日");

        field(first, "name").fill("明日");

        assertThat(second.locator("[data-notice='elsewhere']")).containsText("Another tab changed this draft");
        assertThat(phone(second, "0")).hasText("明日");
        writeAsAThirdTab(second);
        assertThat(phone(first, "0")).hasText("昨日");
        second.locator(".button-fields [name='name']").fill("后天");
        Locator conflict = second.locator("[data-notice='conflict']");
        assertThat(conflict).containsText("Both are kept");
        Chromium.assertSound(second);
        second.reload();
        assertThat(phone(second, "0")).hasText("后天");
        assertThat(phone(first, "0")).hasText("昨日");
        new ConsoleOnScreen(second).does("keep-own");
        assertThat(conflict).hasCount(0);
        assertThat(phone(first, "0")).hasText("后天");
    }

    @Test
    void aFileIsOpenedAndSavedAsPullWritesIt() throws IOException {
        Page page = open(Look.DESK);
        page.locator("input[type='file']")
                .setInputFiles(new FilePayload("menu.yaml", "application/yaml", """
                        # for the summer
                        button: [{ type: click, name: 夏, key: SUMMER }]
                        """.getBytes(StandardCharsets.UTF_8)));
        assertThat(phone(page, "0")).hasText("夏");
        assertThat(page.locator("[data-notice='comments']"))
                .containsText("They stay as long as nothing is changed here");
        Assertions.assertThat(saved(page)).startsWith("# for the summer\nbutton: [{");

        field(page, "name").fill("秋");

        assertThat(page.locator("[data-notice='comments']")).containsText("not part of the draft any more");
        String pulled = """
                button:
                  - type: click
                    name: 秋
                    key: SUMMER
                """;
        Assertions.assertThat(saved(page)).isEqualTo(pulled);
        new ConsoleOnScreen(page).does("mode-text");
        assertThat(page.locator("#menu-file")).hasValue(pulled);
    }

    @Test
    void whoMayNotChangeMenusCanPlanOnly() {
        Page page = open(Look.DESK);
        page.route(
                "**/api/v1/session",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"needed\":true,\"open\":true,\"rights\":[\"read\"]}")));
        field(page, "name").fill("明日");

        new ConsoleOnScreen(page).does("plan");

        assertThat(page.locator(".plan-place [data-change='changed']")).containsText("明日");
        assertThat(page.locator("[data-notice='right']")).containsText("needs the right menu");
        Chromium.assertSound(page);
        assertThat(page.locator("[data-does='apply']")).hasCount(0);
    }

    @Test
    void aFileThatThePhoneCannotShowStaysText() {
        CHROMIUM.expect("400");
        Page page = open(Look.DESK);
        ConsoleOnScreen console = new ConsoleOnScreen(page);
        console.writeMenuFile("buttons: [");

        console.does("mode-form");

        assertThat(page.locator(".draft-notices [role='alert']")).containsText("The phone cannot show this file");
        assertThat(page.locator("#menu-file")).hasValue("buttons: [");
    }

    @ParameterizedTest
    @MethodSource("io.weir.browser.Look#all")
    void looksRight(Look look) {
        CHROMIUM.expect("422");
        Page page = open(look);
        Chromium.assertSound(page);
        CHROMIUM.shootWhole(page, "console-menu-editor-" + look.name());
        new ConsoleOnScreen(page).does("add-menu");
        page.locator(".rule-fields [name='tag_id'], .rule-fields [name='tag']").fill("会员");
        phone(page, "1,0").click();
        field(page, "type").selectOption("miniprogram");
        field(page, "name").fill("新品上架第一时间看到的商品");
        assertThat(page.locator("[data-valid='false']")).isVisible();
        Chromium.assertSound(page);
        CHROMIUM.shootWhole(page, "console-menu-editor-rule-" + look.name());
    }

    /** At the same time: the page that it is written from does not hear of it. */
    private static void writeAsAThirdTab(Page page) {
        page.evaluate("""
                () => {
                  const key = 'weir.menu-draft.dev';
                  const draft = JSON.parse(localStorage.getItem(key));
                  draft.seen.third = 1;
                  draft.menus[0].button[0].name = '昨日';
                  localStorage.setItem(key, JSON.stringify(draft));
                }""");
    }

    private static Page open(Look look) {
        Page page = CHROMIUM.open(GATEWAY.console().resolve("#menu"), look);
        assertThat(phone(page, "0")).hasText("今日");
        return page;
    }

    private static Locator phone(Page page, String place) {
        return page.locator(".phone-edit [data-at='b" + place + "']");
    }

    private static Locator field(Page page, String name) {
        return page.locator(".button-fields [name='" + name + "']");
    }

    private static Locator said(Page page) {
        return page.locator(".menu-form > [role='status']");
    }

    private static String saved(Page page) throws IOException {
        Download download = page.waitForDownload(() -> new ConsoleOnScreen(page).does("save-file"));
        Assertions.assertThat(download.suggestedFilename()).isEqualTo("menu-dev.yaml");
        return Files.readString(download.path());
    }

    private static void publish(String menu) {
        exclusively(account -> {
            account.menus().delete();
            account.menus().create(Buffer.buffer(menu));
            return JsonNodeFactory.instance.objectNode();
        });
    }

    private static JsonNode live() {
        return exclusively(account -> account.menus().get());
    }

    private static ObjectNode exclusively(Function<PlatformAccount, ObjectNode> action) {
        PlatformAccount account = GATEWAY.wechat().account("dev");
        return GATEWAY.wechat().platform().exclusively(() -> action.apply(account));
    }
}
