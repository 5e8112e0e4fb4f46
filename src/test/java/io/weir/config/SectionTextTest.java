package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123",
                "1e3",
                "yes",
                "true",
                "2026-01-01",
                "0x1F",
                "1_000",
                ".nan",
                "Null",
                "=",
                "12:30:45",
                "你好 😀"
            })
    void takesScalarsAsWritten(String written) {
        ParsedText reading = ParsedText.of("appId: " + written);

        assertThat(reading.root().text("appId")).contains(written);
        assertThat(reading.texts()).isEmpty();
    }

    @Test
    void takesKeysAsWritten() {
        ParsedText reading = ParsedText.of("1: a\ntrue: b\n~: c\nno: d\n0x1F: e\n\"\": f\n'': g");

        assertThat(reading.root().keys()).containsExactly("1", "true", "~", "no", "0x1F", "");
        assertThat(reading.root().text("true")).contains("b");
        assertThat(reading.texts()).singleElement().asString().contains("the key of line 6 again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:", "a: ~", "a: null", "b: 1"})
    void treatsNothingAsAbsent(String yaml) {
        Section root = ParsedText.of(yaml).root();

        assertThat(root.text("a")).isEmpty();
        assertThat(root.text("a", "fallback")).isEqualTo("fallback");
        assertThat(root.has("a")).isFalse();
    }

    @Test
    void takesQuotedNothingAsText() {
        Section root = ParsedText.of("a: \"\"\nb: 'null'\nc: '~'").root();

        assertThat(root.text("a")).contains("");
        assertThat(root.text("b")).contains("null");
        assertThat(root.text("c", "fallback")).isEqualTo("~");
    }

    @Test
    void reportsARequiredValueThatIsMissingOrBlank() {
        ParsedText reading = ParsedText.of("main:\n  token: ''\n  mode: '  '\n  appId: wx0");
        Section main = reading.root().section("main");

        assertThat(main.required("appId")).isEqualTo("wx0");
        assertThat(main.required("token")).isEmpty();
        assertThat(main.required("mode")).isEmpty();
        assertThat(main.required("name")).isEmpty();

        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:1: main.name: found nothing; expected a value, which is required",
                        "weir.yaml:2: main.token: found an empty text; expected a value, which is required",
                        "weir.yaml:3: main.mode: found an empty text; expected a value, which is required");
    }

    @Test
    void refusesAMapOrListInPlaceOfAText() {
        ParsedText reading = ParsedText.of("a: [1]\nb:\n  c: 1");

        assertThat(reading.root().text("a")).isEmpty();
        assertThat(reading.root().required("b")).isEmpty();

        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:1: a: found a list; expected a single value",
                        "weir.yaml:2: b: found a map; expected a single value");
    }

    @Test
    void readsOneTextOrAList() {
        ParsedText reading = ParsedText.of("one: a\nmany: [a, 'b', '']\nnone:");

        assertThat(reading.root().texts("one")).containsExactly("a");
        assertThat(reading.root().texts("many")).containsExactly("a", "b", "");
        assertThat(reading.root().texts("none")).isEmpty();
        assertThat(reading.texts()).isEmpty();
    }

    @Test
    void refusesItemsThatAreNoTexts() {
        ParsedText reading = ParsedText.of("many:\n  - a\n  -\n  - {b: 1}\nmap: {a: 1}");

        assertThat(reading.root().texts("many")).containsExactly("a");
        assertThat(reading.root().texts("map")).isEmpty();

        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:3: many[1]: found nothing; expected a value",
                        "weir.yaml:4: many[2]: found a map; expected a single value",
                        "weir.yaml:5: map: found a map; expected a single value");
    }

    @Test
    void knowsTheLineOfAKeyOrOfItsSection() {
        Section section = ParsedText.of("# comment\npush:\n  host: a\n  text: |\n    long")
                .root()
                .section("push");

        assertThat(section.line("text")).isEqualTo(4);
        assertThat(section.line("absent")).isEqualTo(2);
        assertThat(section.path()).isEqualTo("push");
    }
}
