package io.weir.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.weir.OperatedGateway;
import io.weir.simulator.people.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody who writes no YAML changes answers in the console. */
class ConsoleAnswersBrowserIT {
    private static final String REPLIES = """
            # What the shop answers.
            CLICK:
              V1001_SUNCK: { text: "sunck is a good man" }   # the first button
              NEWS_TODAY:
                news:
                  - title: "今日要闻"
                    description: "一分钟读完"
                    picUrl: "https://www.example.com/news.png"
                    url: "https://www.example.com/news?user={openId}"
              default: { text: "Unknown button {eventKey}" }
            subscribe:
              default: { text: "欢迎关注" }
            text:
              你好: { text: "你好，{openId}！" }
              "contains:价格": { text: "请看菜单" }
              default: { none: true }
            """;

    @RegisterExtension
    static final OperatedGateway GATEWAY = OperatedGateway.open(REPLIES);

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @Test
    void anAnswerIsChangedLookedAtAndSaved() throws IOException {
        Page page = open(Look.DESK);
        Person alice = GATEWAY.person("alice");
        alice.taps("V1001_SUNCK");

        choose(page, "CLICK.V1001_SUNCK");
        field(page, ".text").fill("Hello {openId}");
        assertThat(page.locator(".answer-preview .answer-bubble")).hasText("Hello {openId}");
        assertThat(page.locator(".answer-bytes").first()).hasText("14 of 2,048 bytes");
        save(page);

        assertThat(page.locator("[data-note='saved']")).isVisible();
        assertThat(page.locator(".answer-bar")).isHidden();
        Assertions.assertThat(Files.readString(GATEWAY.repliesFile()))
                .contains("V1001_SUNCK: { text: \"Hello {openId}\" }   # the first button");
        assertThat(page.locator("[data-rule='CLICK.V1001_SUNCK'] .answer-hits"))
                .hasText(Pattern.compile("[1-9]\\d* ×"));
        page.locator(".answer-revisions summary").click();
        page.locator("[data-does='restore']").first().click();
        assertThat(page.locator("dialog .diff ins").first()).isVisible();
        page.locator("dialog [data-does='agree']").click();
        assertThat(page.locator("[data-note='saved']")).isVisible();
        assertThat(page.locator("[data-rule='CLICK.V1001_SUNCK'] .answer-summary"))
                .not()
                .hasText("Hello {openId}");
    }

    @Test
    void aMistakeIsShownAtItsFieldAndCannotBeSaved() {
        Page page = open(Look.DESK);
        choose(page, "CLICK.default");

        field(page, ".text").fill("{evenKey}");

        assertThat(page.locator(".answer-field .answer-problem")).containsText("did you mean {eventKey}?");
        assertThat(field(page, ".text")).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("[data-does='save']")).isDisabled();
        field(page, ".text").fill("");
        page.locator(".answer-places button").getByText("{eventKey}").click();
        assertThat(field(page, ".text")).hasValue("{eventKey}");
        assertThat(page.locator("[data-does='save']")).isEnabled();
    }

    @Test
    void aTestTextShowsWhichRuleAnswersAlsoOfTheDraft() {
        Page page = open(Look.DESK);
        page.locator("[name='test-key']").fill("价格多少");
        assertThat(page.locator("[data-fires='contains:价格']")).isVisible();
        assertThat(page.locator("[data-rule='text.\"contains:价格\"'][data-fires]")
                        .or(page.locator("[data-rule='text.contains:价格'][data-fires]")))
                .isVisible();

        page.locator("[data-does='add-answer']").click();
        page.locator("[name='new-key']").fill("~ ^价格");
        page.locator("dialog [data-does='agree']").click();
        field(page, ".text").fill("一百元");
        page.locator("[data-does='up']").click();
        page.locator("[data-does='up']").click();

        assertThat(page.locator(".answer-test-result .answer-bubble")).hasText("一百元");
    }

    @Test
    void aPushLeadsToTheRuleThatAnswersItWithoutItsText() {
        GATEWAY.person("alice").says("价格是多少");
        Page page = CHROMIUM.open(GATEWAY.console().resolve("#pushes"), Look.DESK);
        page.locator(".push-row:has-text('text')").first().click();
        page.locator("[data-does='reveal']").click();
        assertThat(page.locator("[data-does='reveal']")).containsText("Mask");

        page.locator("[data-does='to-rule']").click();

        assertThat(page.locator(".answer-editor h2")).containsText("contains:价格");
        Assertions.assertThat(page.url()).doesNotContain("%E6%98%AF%E5%A4%9A%E5%B0%91", "是多少");
    }

    @Test
    void aDraftSurvivesAnotherPageAndAReload() {
        Page page = open(Look.DESK);
        choose(page, "subscribe.default");
        page.locator("[name='kind']").first().selectOption("image");
        field(page, ".image").fill("MEDIA_1");
        assertThat(page.locator("[data-does='save']")).isEnabled();

        page.reload();

        assertThat(page.locator("[data-rule='subscribe.default'][data-changed='true'] .answer-summary"))
                .hasText("MEDIA_1");
        page.locator("#views a[href='#health']").click();
        page.locator("#views a[href='#answers']").click();
        assertThat(page.locator(".answer-bar")).isVisible();
        page.locator("[data-does='discard']").click();
        page.locator("dialog [data-does='agree']").click();
        assertThat(page.locator(".answer-bar")).isHidden();
        assertThat(page.locator("[data-rule='subscribe.default'] .answer-summary"))
                .hasText("欢迎关注");
    }

    @Test
    void everyKindOfReplyHasItsFields() {
        Page page = open(Look.DESK);
        choose(page, "CLICK.default");
        Locator kind = page.locator(".answer-editor [name='kind']").first();

        kind.selectOption("music");
        field(page, ".music.thumbMediaId").fill("COVER");
        field(page, ".music.title").fill("晚安");
        assertThat(page.locator(".answer-preview .answer-bubble")).containsText("晚安");
        Chromium.assertSound(page);
        kind.selectOption("news");
        field(page, ".news[0].title").fill("One");
        page.locator("[data-does='add-article']").click();
        field(page, ".news[1].title").fill("Two");
        assertThat(page.locator(".answer-preview .answer-card")).hasCount(2);
        Chromium.assertSound(page);
        assertThat(page.locator("[data-does='save']")).isEnabled();
        kind.selectOption("backend");
        assertThat(page.locator(".answer-editor")).containsText("weir.yaml has no backends");
        kind.selectOption("none");
        assertThat(page.locator(".answer-preview .answer-bubble")).hasText("Nothing is sent.");
        page.locator("[data-does='remove']").click();
        assertThat(page.locator("[data-rule='CLICK.default']")).hasCount(0);
        assertThat(page.locator("[data-does='save']")).isEnabled();
    }

    @Test
    void theFormIsReachedAndLeftWithTheKeyboard() {
        Page page = open(Look.DESK);
        page.locator("[data-rule='CLICK.V1001_SUNCK'] .answer-row").focus();

        page.keyboard().press("Enter");
        assertThat(page.locator(".answer-editor h2")).isFocused();
        page.keyboard().press("Tab");

        assertThat(page.locator(".answer-editor [name='key']")).isFocused();
    }

    @Test
    void aReadOnlyFileSaysSoBeforeOneBegins() throws IOException {
        if (!Files.exists(GATEWAY.repliesFile())) {
            Files.writeString(GATEWAY.repliesFile(), REPLIES);
        }
        Files.setPosixFilePermissions(GATEWAY.repliesFile(), PosixFilePermissions.fromString("r--r--r--"));
        try {
            Page page = open(Look.DESK);
            assertThat(page.locator("[data-note='readOnly']")).containsText("is read-only");
            assertThat(page.locator("[data-does='add-answer']")).isDisabled();
            choose(page, "CLICK.default");
            assertThat(field(page, ".text")).isDisabled();
            Chromium.assertSound(page);
        } finally {
            Files.setPosixFilePermissions(GATEWAY.repliesFile(), PosixFilePermissions.fromString("rw-------"));
        }
    }

    @ParameterizedTest
    @MethodSource("io.weir.browser.Look#all")
    void looksRight(Look look) {
        Page page = open(look);
        page.locator("[name='test-key']").fill("你好");
        assertThat(page.locator(".answer-test-result .answer-bubble")).isVisible();
        shoot(page, look, "list");
        choose(page, "CLICK.NEWS_TODAY");
        shoot(page, look, "news");
        choose(page, "CLICK.default");
        field(page, ".text").fill("您好 {openId}，{evenKey}");
        assertThat(page.locator(".answer-field .answer-problem")).isVisible();
        shoot(page, look, "problem");
        field(page, ".text").fill("您好 {openId}，没有这个按钮：{eventKey}");
        page.locator("[data-does='save']:enabled").click();
        assertThat(page.locator("dialog .diff")).isVisible();
        shoot(page, look, "diff");
    }

    private static void shoot(Page page, Look look, String what) {
        Chromium.assertSound(page);
        CHROMIUM.shootWhole(page, "console-answers-" + what + "-" + look.name());
    }

    private static Page open(Look look) {
        Page page = CHROMIUM.open(GATEWAY.console().resolve("#answers"), look);
        assertThat(page.locator(".answer-row").first()).isVisible();
        return page;
    }

    private static void choose(Page page, String rule) {
        page.locator("[data-rule='" + rule + "'] .answer-row").click();
        assertThat(page.locator(".answer-editor")).isVisible();
    }

    private static Locator field(Page page, String name) {
        return page.locator(".answer-editor [data-field='" + name + "']").first();
    }

    private static void save(Page page) {
        page.locator("[data-does='save']:enabled").click();
        assertThat(page.locator("dialog .diff ins").first()).isVisible();
        page.locator("dialog [data-does='agree']").click();
    }
}
