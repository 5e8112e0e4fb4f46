package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.Unknown;
import io.weir.wechat.xml.XmlElement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplyRulesTest {

    @Test
    void answersAButtonByItsKey() {
        Parsed parsed = Parsed.valid("CLICK:", "  A: { text: \"one\" }", "  B: { text: \"two\" }");

        assertThat(parsed.text(RulePushes.click("B"))).isEqualTo("two");
        assertThat(parsed.rules().find(RulePushes.click("C"))).isEmpty();
        assertThat(parsed.rules().find(RulePushes.click("b"))).isEmpty();
    }

    @Test
    void answersEveryOtherKeyByDefault() {
        Parsed parsed =
                Parsed.valid("CLICK: { default: { text: \"other\" }, A: { text: \"one\" }, \"\": { text: \"old\" } }");

        assertThat(parsed.text(RulePushes.click("A"))).isEqualTo("one");
        assertThat(parsed.text(RulePushes.click("B"))).isEqualTo("other");
        assertThat(parsed.text(RulePushes.click(""))).isEqualTo("old");
    }

    @Test
    void answersASubscriptionByItsScene() {
        Parsed parsed = Parsed.valid("subscribe: { shop: { text: \"shop\" }, default: { text: \"welcome\" } }");

        assertThat(parsed.text(RulePushes.subscribe("qrscene_shop"))).isEqualTo("shop");
        assertThat(parsed.text(RulePushes.subscribe("qrscene_other"))).isEqualTo("welcome");
        assertThat(parsed.text(RulePushes.subscribe("last_trade_no_1"))).isEqualTo("welcome");
        assertThat(parsed.text(RulePushes.subscribe(""))).isEqualTo("welcome");
    }

    @Test
    void answersAScanByItsScene() {
        Parsed parsed = Parsed.valid("SCAN: { shop: { text: \"{scene}\" } }");

        assertThat(parsed.text(RulePushes.qrCode("shop"))).isEqualTo("shop");
        assertThat(parsed.rules().find(RulePushes.qrCode("shop2"))).isEmpty();
    }

    @Test
    void answersAKindWithoutKeyByDefault() {
        Parsed parsed = Parsed.valid("image: { default: { image: \"{mediaId}\" } }");

        assertThat(parsed.reply(RulePushes.image(Optional.of("m1")))).isEqualTo(new Reply.Image("m1"));
        assertThat(parsed.rules().find(RulePushes.text("x"))).isEmpty();
    }

    @Test
    void tellsWhichKeysHaveAnAnswer() {
        ReplyRules rules = Parsed.valid(
                        "CLICK: { A: { none: true } }",
                        "SCAN: { default: { text: \"x\" } }",
                        "text: { contains:b: { text: \"x\" } }")
                .rules();

        assertThat(rules.answers(PushType.CLICK, "A")).isTrue();
        assertThat(rules.answers(PushType.CLICK, "B")).isFalse();
        assertThat(rules.answers(PushType.SCAN, "anything")).isTrue();
        assertThat(rules.answers(PushType.TEXT, "abc")).isTrue();
        assertThat(rules.answers(PushType.TEXT, "ac")).isFalse();
        assertThat(rules.answers(PushType.PIC_WEIXIN, "A")).isFalse();
    }

    @Test
    void namesItsRulesByFileLineAndPath() {
        Parsed parsed = Parsed.valid(
                "SCAN: { default: { text: \"x\" } }",
                "CLICK:",
                "  A: { text: \"x\" }",
                "  \"b.c\": { none: true }",
                "  default: { text: \"y\" }");

        assertThat(parsed.rules().rules().stream().map(Rule::name))
                .containsExactly(
                        "replies.yaml:1 SCAN.default",
                        "replies.yaml:3 CLICK.A",
                        "replies.yaml:4 CLICK.\"b.c\"",
                        "replies.yaml:5 CLICK.default");
        assertThat(parsed.rules().rules()).element(1).hasToString("replies.yaml:3 CLICK.A");
        assertThat(parsed.rules().rules().get(1).type()).isEqualTo(PushType.CLICK);
        assertThat(parsed.rules().rules().get(1).key()).isEqualTo("A");
    }

    @Test
    void answersNothingWithoutRules() {
        assertThat(ReplyRules.NONE.find(RulePushes.click("A"))).isEmpty();
        assertThat(ReplyRules.NONE.answers(PushType.CLICK, "A")).isFalse();
        assertThat(ReplyRules.NONE.rules()).isEmpty();
        assertThat(Parsed.valid("").rules().rules()).isEmpty();
        assertThat(Parsed.valid("CLICK:").rules().rules()).isEmpty();
    }

    @Test
    void answersNothingToWhatHasNoRecord() {
        ReplyRules rules = Parsed.valid("CLICK: { default: { text: \"x\" } }").rules();
        XmlElement body = new XmlElement("xml", "", List.of());

        assertThat(rules.find(new Unknown(RulePushes.HEAD, "event", Optional.of("new"), body)))
                .isEmpty();
    }

    @Test
    void keepsTenThousandRulesApart() {
        String yaml = IntStream.range(0, 10_000)
                .mapToObj(number -> "  KEY_" + number + ": { text: \"" + number + " {eventKey}\" }\n")
                .collect(Collectors.joining("", "CLICK:\n", "  default: { text: \"none\" }\n"));

        Parsed parsed = Parsed.valid(yaml);

        assertThat(parsed.rules().rules()).hasSize(10_001);
        assertThat(parsed.text(RulePushes.click("KEY_0"))).isEqualTo("0 KEY_0");
        assertThat(parsed.text(RulePushes.click("KEY_9999"))).isEqualTo("9999 KEY_9999");
        assertThat(parsed.text(RulePushes.click("KEY_10000"))).isEqualTo("none");
    }
}
