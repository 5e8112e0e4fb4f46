package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class YamlFaultTest {
    private static final String WIDE_COLON =
            "\"：\" (U+FF1A) is not a colon; write \"key: value\", with a space after the colon";
    private static final String COPIED = "the line is indented with U+00A0, copied from a web page; use plain spaces";

    static Arguments[] malformed() {
        return new Arguments[] {
            Arguments.of("a: @x", "1:4: found a character that no value can begin with; expected YAML"),
            Arguments.of("a: b: c", "1:5: found a second \": \" in one value; expected YAML"),
            Arguments.of("a: - b", "1:4: found \"- \" where no list can begin; expected YAML"),
            Arguments.of("a: 1\nb\nc: 2", "2:1: found a line without \": \"; expected YAML"),
            Arguments.of(
                    "- a\nb: c",
                    "2:1: found a line that does not fit those above it; expected YAML in what begins in line 1"),
            Arguments.of("a: [1,\nb: 2", "2:5: found \"[\" or \"{\" that is not closed before this; expected YAML"),
            Arguments.of(
                    "{\"a\": 1",
                    "1:8: found \"[\" or \"{\" that is not closed before this; expected JSON; close it, or look for a missing comma"),
            Arguments.of("a: 'x\n", "1:4: found quotes that are never closed; expected YAML;"),
            Arguments.of("a: \"\\q\"", "1:6: found \"\\\" before a character that it cannot escape; expected YAML"),
            Arguments.of("a: |x\n", "1:5: found text after \"|\" or \">\"; expected YAML"),
            Arguments.of("a: *\n", "1:5: found \"&\" or \"*\" at the start of a value; expected YAML"),
            Arguments.of("a: !<x\n", "1:7: found something that YAML does not allow; expected YAML"),
            Arguments.of("a: 1\nb: x\u0000", "2:5: found a character that no text has; expected UTF-8 text"),
            Arguments.of("a: \uD83D", "1:4: found a character that no text has; expected UTF-8 text"),
        };
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void saysLineAndColumnInOurOwnWords(String yaml, String expected) {
        ParsedText reading = ParsedText.of(yaml);

        assertThat(reading.root().required("key")).isEmpty();

        assertThat(reading.texts()).singleElement().asString().startsWith("weir.yaml:" + expected);
    }

    static Arguments[] lookAlikes() {
        return new Arguments[] {
            Arguments.of("a:\n\tb: 1", "weir.yaml:2:1:", "the line is indented with a tab; use spaces"),
            Arguments.of("a:\n  b: 1\n   \u00A0c: 2", "weir.yaml:3:6:", COPIED),
            Arguments.of("a:\n\u00A0\u00A0b: 1", "weir.yaml:2: found a key after an unusual space", COPIED),
            Arguments.of(
                    "a:\n  b: 1\n  \u3000c: 2",
                    "weir.yaml:3: a: found a key after an unusual space",
                    "the line is indented with U+3000; use plain spaces"),
            Arguments.of("# 注：x\na: 你好：\nmode：safe\nb: 1", "weir.yaml:3:1: found a line without", WIDE_COLON),
            Arguments.of("a:\n  mode：safe\n  b: 1", "weir.yaml:3:4: found a second", WIDE_COLON),
            Arguments.of(
                    "# 注：x\na: b: c",
                    "weir.yaml:2:5: found a second",
                    "check the indentation of this line and the one above, or put the value in single quotes"),
            Arguments.of("mode：safe\n", "weir.yaml:1: found a single value", WIDE_COLON),
            Arguments.of("a: {mode：safe}", "weir.yaml:1: a: found a key without a value", WIDE_COLON),
            Arguments.of(
                    "a: {mode:safe}",
                    "weir.yaml:1: a: found a key without a value",
                    "write \"key: value\", with a space after the colon"),
        };
    }

    @ParameterizedTest
    @MethodSource("lookAlikes")
    void recognisesCharactersThatOnlyLookRight(String yaml, String beginning, String hint) {
        ParsedText reading = ParsedText.of(yaml);

        assertThat(reading.texts())
                .singleElement()
                .asString()
                .startsWith(beginning)
                .endsWith("; " + hint);
    }

    @Test
    void throwsNothingWhateverTheTextIs() {
        Random random = new Random(42);
        String alphabet = "ab:-  \n\n'\"[]{},&*!|>%@#?~<\\\t\u00A0：$0😀";

        for (int round = 0; round < 5_000; round++) {
            StringBuilder yaml = new StringBuilder();
            random.ints(random.nextInt(24), 0, alphabet.codePointCount(0, alphabet.length()))
                    .forEach(
                            index -> yaml.appendCodePoint(alphabet.codePointAt(alphabet.offsetByCodePoints(0, index))));
            ParsedText reading = ParsedText.of(yaml.toString());
            reading.root().keys().forEach(key -> reading.root().section(key).texts("a"));
            assertThat(reading.texts()).allSatisfy(text -> assertThat(text).doesNotContain("\n"));
        }
    }
}
