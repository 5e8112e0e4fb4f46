package io.weir.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.weir.simulator.people.Person;
import io.weir.simulator.push.PushOrder;
import io.weir.testkit.WeirExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Takes pictures of all there is to see, to be looked at by people; that nothing sticks out is checked. */
class PhoneLooksBrowserIT {
    @RegisterExtension
    static final WeirExtension WEIR = WeirExtension.create().replies("""
            CLICK:
              V1001_SUNCK: { text: "sunck is a good man" }
              NEWS_TODAY:
                news:
                  - { title: 今日要闻, description: 一分钟读完, picUrl: "https://p.example/1.png", url: "https://www.example.com/a" }
                  - { title: 明日天气, description: "晴，26 °C", picUrl: "", url: "https://www.example.com/b" }
              MUSIC: { music: { thumbMediaId: sample-image, title: 晚安, description: Band } }
              VIDEO: { video: { mediaId: sample-video, title: Tour, description: 2 min } }
              VOICE: { voice: sample-voice }
            pic_weixin: { default: { text: "收到 {count} 张图片" } }
            location_select: { default: { text: "{label}" } }
            text: { default: { text: "{content}" } }
            """);

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @ParameterizedTest
    @MethodSource("io.weir.browser.Look#all")
    void looksRight(Look look, Person alice) {
        alice.taps("V1001_SUNCK");
        alice.taps("rselfmenu_1_2");
        alice.taps("rselfmenu_2_0");
        alice.taps("NEWS_TODAY");
        alice.sends(PushOrder.of("CLICK").withKey("MUSIC"));
        alice.sends(PushOrder.of("CLICK").withKey("VIDEO"));
        alice.sends(PushOrder.of("CLICK").withKey("VOICE"));
        alice.taps("https://www.example.com/index/");
        alice.says("你好，今天天气不错 👋");
        Page empty = CHROMIUM.open(
                WEIR.wechat().phonePage().resolve("#dev/" + WEIR.person("new").openid()), look);
        assertThat(empty.locator("#empty")).isVisible();
        shoot(empty, look, "empty");
        Page page = CHROMIUM.open(WEIR.wechat().phonePage().resolve("#dev/" + alice.openid()), look);

        assertThat(page.locator("#chat .line").last()).containsText("👋");
        shoot(page, look, "chat");
        page.locator("#chat").evaluate("chat => chat.scrollTop = 0");
        shoot(page, look, "chat-top");
        page.locator(".menubar .first > button").nth(1).click();
        shoot(page, look, "sub-menu");
        shootDialog(page, look, "scan", ".sub-menu:visible button >> nth=0");
        page.locator(".menubar .first > button").nth(1).click();
        shootDialog(page, look, "album", ".sub-menu:visible button >> nth=3");
        page.locator(".menubar .first > button").nth(2).click();
        shootDialog(page, look, "map", ".sub-menu:visible button >> nth=-1");
        shootDialog(page, look, "people", "#person");
        shootDialog(page, look, "account", "#more");
        page.locator(".menubar .first > button").nth(1).click();
        shootDialog(page, look, "sheet", ".sub-menu:visible button:has-text('拍照或相册')");
        page.locator(".menubar > .icon-button").click();
        shoot(page, look, "typing");
        shootDialog(page, look, "attach", "#attach");
        if (page.locator("#show-pushes").isVisible()) {
            page.locator("#show-pushes").click();
        }
        page.locator(".push summary").first().click();
        shoot(page, look, "pushes");
        page.keyboard().press("Escape");
        alice.unfollows();
        assertThat(page.locator("#profile")).isVisible();
        shoot(page, look, "profile");
    }

    private static void shootDialog(Page page, Look look, String what, String opener) {
        page.locator(opener).click();
        assertThat(page.locator("dialog[open]")).isVisible();
        shoot(page, look, what);
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog[open]")).hasCount(0);
    }

    private static void shoot(Page page, Look look, String what) {
        Chromium.assertSound(page);
        CHROMIUM.shoot(page, "phone-" + what + "-" + look.name());
    }
}
