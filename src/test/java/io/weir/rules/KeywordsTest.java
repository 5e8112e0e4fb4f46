package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.rules.KeywordsReader.Keywords;
import org.junit.jupiter.api.Test;

class KeywordsTest {

    @Test
    void matchesAWholeText() {
        Parsed parsed = Parsed.valid("text: { 你好: { text: \"x\" } }");

        assertThat(parsed.key(RulePushes.text("你好"))).contains("你好");
        assertThat(parsed.key(RulePushes.text(" 你好\n"))).contains("你好");
        assertThat(parsed.key(RulePushes.text("你好吗"))).isEmpty();
        assertThat(parsed.key(RulePushes.text(""))).isEmpty();
    }

    @Test
    void matchesAContainedKeyword() {
        Parsed parsed = Parsed.valid("text: { contains:退款: { text: \"x\" }, \"contains: a b \": { text: \"y\" } }");

        assertThat(parsed.key(RulePushes.text("我要退款！"))).contains("contains:退款");
        assertThat(parsed.key(RulePushes.text("xa by"))).contains("contains: a b ");
        assertThat(parsed.key(RulePushes.text("退 款"))).isEmpty();
    }

    @Test
    void matchesAnExpressionAnywhere() {
        Parsed parsed =
                Parsed.valid("text: { \"~ ^订单[0-9]+$\": { text: \"x\" }, \"~(?i)hello\": { text: \"{content}\" } }");

        assertThat(parsed.key(RulePushes.text("订单123 "))).contains("~ ^订单[0-9]+$");
        assertThat(parsed.key(RulePushes.text("订单123x"))).isEmpty();
        assertThat(parsed.text(RulePushes.text("oh HELLO there"))).isEqualTo("oh HELLO there");
    }

    @Test
    void takesTheFirstOfTheFileWhateverItsForm() {
        Parsed expressionFirst = Parsed.valid("text: { \"~ a+\": { text: \"1\" }, contains:b: { text: \"2\" } }");
        Parsed containsFirst =
                Parsed.valid("text: { contains:b: { text: \"1\" }, \"~ a+\": { text: \"2\" }, aa: { text: \"3\" } }");
        Parsed wholeFirst =
                Parsed.valid("text: { ab: { text: \"1\" }, \"~ a+\": { text: \"2\" }, contains:b: { text: \"3\" } }");

        assertThat(expressionFirst.text(RulePushes.text("ab"))).isEqualTo("1");
        assertThat(expressionFirst.text(RulePushes.text("b"))).isEqualTo("2");
        assertThat(containsFirst.text(RulePushes.text("ab"))).isEqualTo("1");
        assertThat(containsFirst.text(RulePushes.text("aa"))).isEqualTo("2");
        assertThat(wholeFirst.text(RulePushes.text("ab"))).isEqualTo("1");
        assertThat(wholeFirst.text(RulePushes.text("xab"))).isEqualTo("2");
        assertThat(wholeFirst.text(RulePushes.text("xb"))).isEqualTo("3");
    }

    @Test
    void takesTheFirstExpressionThatMatches() {
        Parsed parsed = Parsed.valid(
                "text:", "  \"~ x\": { text: \"1\" }", "  \"~ y\": { text: \"2\" }", "  \"~ .\": { text: \"3\" }");

        assertThat(parsed.text(RulePushes.text("yx"))).isEqualTo("1");
        assertThat(parsed.text(RulePushes.text("y"))).isEqualTo("2");
        assertThat(parsed.text(RulePushes.text("z"))).isEqualTo("3");
        assertThat(parsed.rules().find(RulePushes.text(" "))).isEmpty();
    }

    @Test
    void looksForKeywordsInTheBeginningOfALongText() {
        Parsed parsed = Parsed.valid("text: { contains:end: { text: \"x\" }, \"~ 😀\": { text: \"y\" } }");
        String filler = "a".repeat(Keywords.MOST_CHARS - 3);

        assertThat(parsed.key(RulePushes.text(filler + "end"))).contains("contains:end");
        assertThat(parsed.key(RulePushes.text(filler + "a" + "end"))).isEmpty();
        assertThat(parsed.key(RulePushes.text(filler + "a" + "😀"))).contains("~ 😀");
        assertThat(parsed.key(RulePushes.text(filler + "aa" + "😀"))).isEmpty();
    }

    @Test
    void comparesALongTextAsAWhole() {
        String keyword = "长".repeat(5000);
        Parsed parsed = Parsed.valid("text:", "  ? " + keyword, "  : { text: \"x\" }");

        assertThat(parsed.text(RulePushes.text(keyword))).isEqualTo("x");
        assertThat(parsed.key(RulePushes.text(keyword + "长"))).isEmpty();
    }

    @Test
    void staysLinearForExpressionsThatMakeOthersBacktrack() {
        Parsed parsed = Parsed.valid("text: { \"~ (a+)+$\": { text: \"x\" }, \"~ (a|aa)*b\": { text: \"y\" } }");

        assertThat(parsed.key(RulePushes.text("a".repeat(100_000) + "!"))).contains("~ (a+)+$");
        assertThat(parsed.key(RulePushes.text("a".repeat(4_000) + "!"))).isEmpty();
    }

    @Test
    void refusesAnExpressionThatDoesNotCompile() {
        assertThat(Parsed.of("text:", "  \"~ (a\": { text: \"x\" }").texts())
                .containsExactly(
                        "replies.yaml:2: text.\"~ (a\": found a map; expected a regular expression of RE2: error"
                                + " parsing regexp: missing closing ): `(a`; RE2 has neither look-around nor back-references");
        assertThat(Parsed.of("text:", "  \"~ a(?=b)\": { text: \"x\" }").texts())
                .containsExactly(
                        "replies.yaml:2: text.\"~ a(?=b)\": found a map; expected a regular expression of RE2: error"
                                + " parsing regexp: invalid or unsupported Perl syntax: `(?=`; RE2 has neither look-around nor"
                                + " back-references");
    }

    @Test
    void refusesAnExpressionThatTakesTooMuch() {
        String rule = "found a map; expected a regular expression of at most 1000 steps, repetitions counted";

        assertThat(Parsed.of("text: { \"~ ((a{1000}){1000}){10}\": { text: \"x\" } }")
                        .texts())
                .containsExactly("replies.yaml:1: text.\"~ ((a{1000}){1000}){10}\": " + rule);
        assertThat(Parsed.of("text: { \"~ ((a{1,100}){10,}){2}\": { text: \"x\" } }")
                        .texts())
                .containsExactly("replies.yaml:1: text.\"~ ((a{1,100}){10,}){2}\": " + rule);
    }

    @Test
    void takesCountedRepetitionsOfOrdinarySize() {
        Parsed parsed =
                Parsed.valid("text: { \"~ ^[0-9]{6}(19|20)[0-9]{2}[0-9]{4}[0-9]{0,3}[0-9Xx]{1,}$\": { text: \"x\" } }");

        assertThat(parsed.text(RulePushes.text("11010519491231002X"))).isEqualTo("x");
    }

    @Test
    void refusesEmptyKeywords() {
        assertThat(Parsed.of("text:", "  \"contains: \": { text: \"x\" }", "  \"~ \": { text: \"x\" }")
                        .texts())
                .containsExactly(
                        "replies.yaml:2: text.\"contains: \": found a map; expected a keyword after \"contains:\"; use"
                                + " \"default\" for every other text",
                        "replies.yaml:3: text.\"~ \": found a map; expected a regular expression after \"~\"; use \"default\""
                                + " for every other text");
    }

    @Test
    void warnsOfKeysThatAreNeverReached() {
        Parsed parsed = Parsed.of(
                "text:",
                "  contains:退: { text: \"1\" }",
                "  退款: { text: \"2\" }",
                "  contains:退货: { text: \"3\" }",
                "  a: { text: \"4\" }",
                "  \" a\": { text: \"5\" }");

        assertThat(parsed.texts())
                .containsExactly(
                        "replies.yaml:3: warning: text.退款: found a map; expected a key that can be reached; replies.yaml:2"
                                + " text.contains:退 always matches first; move this one above it or remove it",
                        "replies.yaml:4: warning: text.contains:退货: found a map; expected a key that can be reached;"
                                + " replies.yaml:2 text.contains:退 always matches first; move this one above it or remove it",
                        "replies.yaml:6: warning: text.\" a\": found a map; expected a key that can be reached; replies.yaml:5"
                                + " text.a always matches first; move this one above it or remove it");
    }

    @Test
    void takesKeysForPlainTextOutsideTexts() {
        Parsed parsed = Parsed.valid("CLICK: { contains:a: { text: \"x\" }, \"~ (\": { text: \"y\" } }");

        assertThat(parsed.key(RulePushes.click("contains:a"))).contains("contains:a");
        assertThat(parsed.key(RulePushes.click("~ ("))).contains("~ (");
        assertThat(parsed.key(RulePushes.click("bab"))).isEmpty();
    }
}
