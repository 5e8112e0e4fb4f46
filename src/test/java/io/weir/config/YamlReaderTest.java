package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n...\n", "~", "{}"})
    void readsAnEmptyFileAsAnEmptyRoot(String yaml) {
        ParsedText reading = ParsedText.of(yaml);

        assertThat(reading.root().keys()).isEmpty();
        assertThat(reading.root().path()).isEmpty();
        assertThat(reading.texts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFFa: 1", "%YAML 1.1\n---\na: 1\n...\n", "a: 1\r\n"})
    void toleratesByteOrderMarkDirectiveAndLineEnds(String yaml) {
        ParsedText reading = ParsedText.of(yaml);

        assertThat(reading.root().text("a")).contains("1");
        assertThat(reading.texts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a", "text"})
    void refusesARootThatIsNoMap(String yaml) {
        ParsedText reading = ParsedText.of(yaml);

        assertThat(reading.root().required("a")).isEmpty();

        assertThat(reading.texts()).singleElement().asString().endsWith("; expected a map: keys with their values");
    }

    @Test
    void refusesDuplicateKeysAndKeepsTheFirst() {
        ParsedText reading = ParsedText.of("a:\n  b: 1\n  c: 2\n  'b': 3");

        assertThat(reading.root().section("a").text("b")).contains("1");

        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:4: a.b: found the key of line 2 again; expected each key once; remove one of the two");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: !!java.net.URL [x] | a",
                "a: !!str 1 | a",
                "a: ! 1 | a",
                "a: !x {b: 1} | a",
                "a: [!x 1] | a[0]",
                "!x a: 1 | ''"
            })
    void refusesTags(String yaml, String path) {
        ParsedText reading = ParsedText.of(yaml);

        assertThat(reading.texts())
                .containsExactly("weir.yaml:1: " + (path.isEmpty() ? "" : path + ": ")
                        + "found a tag; expected a value without a tag; put a text that begins with \"!\" in quotes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"? [a, b]\n: 1\nx: 2", "? {a: b}\n: 1\nx: 2", "*a : 1\nx: 2"})
    void refusesKeysThatAreNoTextsAndGoesOn(String yaml) {
        ParsedText reading = ParsedText.of(yaml);

        assertThat(reading.root().text("x")).contains("2");
        assertThat(reading.texts())
                .first()
                .asString()
                .contains("found a key that is not a text; expected \"key: value\"");
    }

    @Test
    void refusesMergeKeys() {
        ParsedText reading = ParsedText.of("a: &a {b: 1}\nc:\n  <<: *a\n  d: 2");

        assertThat(reading.root().section("c").keys()).containsExactly("d");
        assertThat(reading.texts())
                .containsExactly("weir.yaml:3: c: found a merge key \"<<\"; expected each key written out");
    }

    @Test
    void readsSharedValues() {
        ParsedText reading = ParsedText.of("a: &a {b: &b 1}\nc: *a\nd: [*b, *b]");

        assertThat(reading.root().section("c").text("b")).contains("1");
        assertThat(reading.root().section("c").path()).isEqualTo("c");
        assertThat(reading.root().texts("d")).containsExactly("1", "1");
        assertThat(reading.texts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: &a [*a]", "a: &a {b: {c: *a}}", "&r a: *r", "a: 1\nb: *c"})
    void refusesAliasesThatRecurseOrLeadNowhere(String yaml) {
        ParsedText reading = ParsedText.of(yaml);

        assertThat(reading.texts())
                .singleElement()
                .asString()
                .contains("found an alias")
                .contains("expected a value");
    }

    @Test
    void refusesAliasesThatNest() {
        String bomb = IntStream.range(0, 30)
                .mapToObj(level -> "a" + level + ": &a" + level + " [*a" + (level - 1) + ", *a" + (level - 1) + "]\n")
                .collect(Collectors.joining());

        ParsedText reading = ParsedText.of("a: &a-1 x\n" + bomb);

        assertThat(reading.texts())
                .hasSize(60)
                .allSatisfy(text -> assertThat(text).contains("an alias within an anchored value"));
    }

    @Test
    void refusesAliasesThatMultiply() {
        String shared = "1,".repeat(2_000);

        ParsedText reading = ParsedText.of("a: &a [" + shared + "]\nb: [" + "*a , ".repeat(2_000) + "]");

        assertThat(reading.root().keys()).isEmpty();
        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:2: b[9]: found aliases that multiply; expected at most 20000 values that aliases repeat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void refusesDeepNestingBeforeTheStackEnds(String opening) {
        ParsedText reading = ParsedText.of(opening.repeat(10_000));

        assertThat(reading.texts())
                .singleElement()
                .asString()
                .contains("found values nested too deeply; expected at most 20 levels");
    }

    @Test
    void allowsTwentyLevels() {
        ParsedText reading = ParsedText.of("a: " + "[".repeat(19) + "1" + "]".repeat(19));

        assertThat(reading.root().has("a")).isTrue();
        assertThat(reading.texts()).isEmpty();
    }

    @Test
    void refusesMoreThanSixteenMebibytes() {
        ParsedText reading = ParsedText.of("a: " + "好".repeat(6_000_000));

        assertThat(reading.root().required("b")).isEmpty();
        assertThat(reading.texts())
                .containsExactly("weir.yaml:1: found 18000003 bytes; expected at most 16 MiB (16777216 bytes)");
    }

    @Test
    void readsAFileOfSixteenMebibytes() {
        String yaml = IntStream.range(0, 256)
                .mapToObj(key -> "k%03d: \"%s\"\n".formatted(key, "x".repeat(64 * 1024 - 9)))
                .collect(Collectors.joining());

        ParsedText reading = ParsedText.of(yaml);

        assertThat(yaml).hasSize(16 * 1024 * 1024);
        assertThat(reading.root().required("k255")).hasSize(64 * 1024 - 9);
        assertThat(reading.texts()).isEmpty();
    }

    @Test
    @Timeout(5)
    void refusesALineThatWouldTakeMinutes() {
        ParsedText reading = ParsedText.of("a: 1\nb: \"" + "x".repeat(1024 * 1024) + "\"\n");

        assertThat(reading.root().required("b")).isEmpty();
        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:2:1: found a line of 1048581 characters; expected at most 1048576 in a line;"
                                + " break the value over several lines, each with more blanks in front than its key");
    }

    @Test
    void readsALargeFile() {
        String yaml = IntStream.range(0, 40_000)
                .mapToObj(key -> "k" + key + ": {text: x}\n")
                .collect(Collectors.joining());

        ParsedText reading = ParsedText.of(yaml);

        assertThat(reading.root().sections()).hasSize(40_000);
        assertThat(reading.texts()).isEmpty();
    }

    @ParameterizedTest
    @Timeout(5)
    @ValueSource(strings = {"://", "://@", "?", "${", "$${", "${A:", "'", "x ", "]"})
    void readsAndShowsALongValueInLinearTime(String part) {
        ParsedText reading = ParsedText.of("a: \"" + part.repeat(1_000_000 / part.length()) + "\"");

        assertThat(reading.root().flag("a", true)).isTrue();

        assertThat(reading.texts()).singleElement().asString().hasSizeLessThan(200);
    }

    @Test
    void refusesASecondDocument() {
        ParsedText reading = ParsedText.of("a: 1\n---\nb: 2");

        assertThat(reading.root().text("a")).contains("1");
        assertThat(reading.texts())
                .containsExactly("weir.yaml:2: found a second document; expected one document in a file;"
                        + " remove the line \"---\" and what follows");
    }
}
