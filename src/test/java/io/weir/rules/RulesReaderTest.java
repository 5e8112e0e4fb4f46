package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wechat.message.PushType;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesReaderTest {
    private static final String ALL_NAMES = PushType.all().stream()
            .filter(type -> type != PushType.UNKNOWN)
            .map(PushType::wireName)
            .collect(Collectors.joining(", ", "", " or *"));

    @Test
    void refusesASectionThatIsNoKind() {
        Parsed parsed = Parsed.of("click: { default: { text: \"x\" } }", "unknown: { default: { text: \"x\" } }");

        assertThat(parsed.texts())
                .containsExactly(
                        "replies.yaml:1: click: found an unknown key; expected " + ALL_NAMES
                                + "; did you mean \"CLICK\"?",
                        "replies.yaml:2: unknown: found an unknown key; expected " + ALL_NAMES);
    }

    @Test
    void takesEveryKindAsSection() {
        for (PushType<?> type : PushType.all()) {
            if (type != PushType.UNKNOWN) {
                Parsed parsed = Parsed.of(type.wireName() + ": { default: { text: \"{openId} {account}\" } }");

                assertThat(parsed.problems().errors()).as(type.wireName()).isEmpty();
                assertThat(parsed.rules().answers(type, "x")).isEqualTo(type.takesReply());
                assertThat(parsed.problems().warnings().isEmpty()).isEqualTo(type.takesReply());
            }
        }
    }

    @Test
    void tellsTheMessageLocationFromTheEventLocation() {
        Parsed parsed = Parsed.of(
                "location: { default: { text: \"{label}\" } }", "LOCATION: { default: { text: \"{label}\" } }");

        assertThat(parsed.texts())
                .containsExactly(
                        "replies.yaml:2: LOCATION.default.text: found \"{label}\"; {label} is no field of LOCATION; expected"
                                + " one of {account} {createTime} {fromUserName} {latitude} {longitude} {openId} {precision}"
                                + " {toUserName}; write \"{{\" for a brace",
                        "replies.yaml:2: warning: LOCATION: found a map; LOCATION takes no reply: WeChat does not show one;"
                                + " this section has no effect");
    }

    @Test
    void warnsThatAViewTakesNoReply() {
        Parsed parsed = Parsed.of("VIEW: { \"http://a\": { text: \"x\" }, default: { text: \"y\" } }");

        assertThat(parsed.texts())
                .containsExactly(
                        "replies.yaml:1: warning: VIEW: found a map; VIEW takes no reply: WeChat does not show one; this"
                                + " section has no effect");
        assertThat(parsed.rules().find(RulePushes.view("http://a"))).isEmpty();
        assertThat(parsed.rules().rules()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "voice", "video", "shortvideo", "location", "link"})
    void refusesAKeyWhereThereIsNothingToChooseBy(String kind) {
        Parsed parsed = Parsed.of(kind + ":", "  A: { text: \"x\" }");

        assertThat(parsed.texts())
                .containsExactly("replies.yaml:2: " + kind + ".A: found a map; expected \"default\" only: " + kind
                        + " has nothing to choose a reply by; write default: { … }");
    }

    @Test
    void refusesASectionThatIsNoMap() {
        assertThat(Parsed.of("subscribe: \"welcome\"").texts())
                .containsExactly(
                        "replies.yaml:1: subscribe: found \"welcome\"; expected a map from keys to replies; write"
                                + " { default: { text: \"…\" } }");
        assertThat(Parsed.of("subscribe: [a]").texts())
                .containsExactly("replies.yaml:1: subscribe: found a list; expected a map: keys with their values");
    }

    @Test
    void warnsOfTheScenePrefix() {
        Parsed parsed = Parsed.of("subscribe: { qrscene_a: { text: \"x\" } }", "SCAN: { qrscene_b: { text: \"x\" } }");

        assertThat(parsed.texts())
                .containsExactly(
                        "replies.yaml:1: warning: subscribe.qrscene_a: found a map; expected a scene without \"qrscene_\","
                                + " which WeChat puts before it; write \"a\"",
                        "replies.yaml:2: warning: SCAN.qrscene_b: found a map; expected a scene without \"qrscene_\", which"
                                + " WeChat puts before it; write \"b\"");
    }

    @Test
    void reportsAFileThatIsNoYaml() {
        Parsed parsed = Parsed.of("CLICK: { A: { text: \"x }");

        assertThat(parsed.texts()).hasSize(1);
        assertThat(parsed.problems().errors()).hasSize(1);
        assertThat(parsed.rules().rules()).isEmpty();
    }

    @Test
    void reportsTheSecondOfTwoEqualKeys() {
        assertThat(Parsed.of("CLICK:", "  A: { text: \"x\" }", "  A: { text: \"y\" }")
                        .texts())
                .containsExactly(
                        "replies.yaml:3: CLICK.A: found the key of line 2 again; expected each key once; remove one"
                                + " of the two");
    }

    @Test
    void reportsAllProblemsOfAFileTogether() {
        Parsed parsed = Parsed.of(
                "CLICK:",
                "  A: hello",
                "  B: { text: \"{nothing}\" }",
                "  C: { image: \"\" }",
                "text:",
                "  \"~ (\": hello");

        assertThat(parsed.problems().errors().stream()
                        .map(problem -> problem.place().line()))
                .containsExactly(2, 3, 4, 6, 6);
    }
}
