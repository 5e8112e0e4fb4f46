package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Replies that a backend gives; the only one here is "shop". */
class BackendRulesTest {
    @Test
    void asksABackendByKey() {
        Parsed parsed = Parsed.valid("CLICK:", "  A: { backend: shop }", "  default: { text: no }");

        assertThat(backend(parsed, RulePushes.click("A"))).contains("shop");
        assertThat(backend(parsed, RulePushes.click("B"))).isEmpty();
        assertThat(parsed.reply(RulePushes.click("A"))).isEqualTo(Reply.NONE);
        assertThat(parsed.rules().backends()).containsExactly("shop");
        assertThat(parsed.rules().answers(PushType.CLICK, "A")).isTrue();
    }

    @Test
    void answersOtherwiseWithTheFieldsOfThePush() {
        Parsed parsed = Parsed.valid("text: { default: { backend: shop, otherwise: { text: \"busy: {content}\" } } }");

        assertThat(parsed.text(RulePushes.text("hi"))).isEqualTo("busy: hi");
        assertThat(backend(parsed, RulePushes.text("hi"))).contains("shop");
    }

    @Test
    void asksForEveryKindThatHasNoSection() {
        Parsed parsed = Parsed.valid("CLICK: { A: { text: a } }", "\"*\": { default: { backend: shop } }");

        assertThat(backend(parsed, RulePushes.text("hi"))).contains("shop");
        assertThat(backend(parsed, RulePushes.view("http://a"))).contains("shop");
        assertThat(parsed.rules().find(RulePushes.click("B"))).isEmpty();
        assertThat(parsed.rules().answers(PushType.SCANCODE_PUSH, "K")).isTrue();
        assertThat(parsed.rules().find(RulePushes.text("hi")).orElseThrow().name())
                .isEqualTo("replies.yaml:2 \"*\".default");
    }

    @Test
    void hasOnlyTheFieldsOfEveryPushForAllKinds() {
        assertThat(Parsed.valid("\"*\": { default: { text: \"{openId}\" } }").text(RulePushes.text("x")))
                .isEqualTo("oUser");
        assertThat(Parsed.of("\"*\": { default: { text: \"{content}\" } }")
                        .texts()
                        .get(0))
                .contains(
                        "\"*\".default.text", "{content} is no field of every kind of push; expected one of {account}");
        assertThat(Parsed.of("\"*\": { A: { text: a } }").texts().get(0)).contains("expected \"default\" only");
    }

    @Test
    void deliversKindsThatTakeNoReply() {
        Parsed parsed = Parsed.valid("unsubscribe: { default: { backend: shop } }");

        assertThat(parsed.rules().backends()).containsExactly("shop");
    }

    @Test
    void refusesABackendThatIsNotConfigured() {
        assertThat(Parsed.of("CLICK: { A: { backend: shopp } }").texts())
                .containsExactly("replies.yaml:1: CLICK.A.backend: found \"shopp\"; expected the name of a backend in"
                        + " weir.yaml: shop; did you mean \"shop\"?");
    }

    @Test
    void refusesARuleThatNamesNone() {
        assertThat(Parsed.of("CLICK: { A: { backend: } }").texts())
                .containsExactly("replies.yaml:1: CLICK.A.backend: found nothing; expected a value, which is required");
    }

    @Test
    void refusesTwoReplies() {
        assertThat(Parsed.of("CLICK: { A: { backend: shop, text: a } }").texts().get(0))
                .contains("CLICK.A: found a map; expected exactly one of text,", "not backend and text");
        assertThat(Parsed.of("CLICK: { A: { text: a, otherwise: { text: b } } }")
                        .texts()
                        .get(0))
                .contains("CLICK.A.otherwise: found an unknown key");
    }

    @Test
    void refusesABackendInPlaceOfABackend() {
        assertThat(Parsed.of("CLICK: { A: { backend: shop, otherwise: { backend: shop } } }")
                        .texts()
                        .get(0))
                .contains("CLICK.A.otherwise.backend: found an unknown key; expected text, image");
        assertThat(Parsed.of("CLICK: { A: { backend: shop, otherwise: later } }")
                        .texts()
                        .get(0))
                .contains("CLICK.A.otherwise: found \"later\"; expected a reply, which is a map");
    }

    private static Optional<String> backend(Parsed parsed, Push push) {
        return parsed.rules().find(push).flatMap(Rule::backend);
    }
}
