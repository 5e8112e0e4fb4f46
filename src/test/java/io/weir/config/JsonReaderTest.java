package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private static final String TEXT = """
            {"😀": "a", "b": [1, -0.50, {"c": true,
              "d": null}, []],
              "e":  {},  "f":
              "\\u4eca\\n"
            }""";

    @Test
    void readsTheSameNodesAtTheSamePlacesAsYaml() {
        Problems problems = new Problems();
        Node yaml = Section.parse("menu", TEXT, problems).node();

        Node json = JsonReader.read("menu", TEXT);

        assertThat(json).isEqualTo(yaml);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void tellsLineAndColumnInCharacters() {
        Node.Mapping root = JsonReader.read("menu.json", "\uFEFF{\"😀\": \"a\",\r\n\r  \"b\": [\"😀\", 1]}");

        assertThat(root.entries())
                .containsEntry("😀", new Node.Entry(1, new Node.Scalar(1, 7, "a", false, false)))
                .containsEntry(
                        "b",
                        new Node.Entry(
                                3,
                                new Node.Sequence(
                                        3,
                                        8,
                                        List.of(
                                                new Node.Scalar(3, 9, "😀", false, false),
                                                new Node.Scalar(3, 14, "1", true, false)))));
    }

    @Test
    void keepsNumbersAsWritten() {
        String ids = "{\"a\":208379533123456789012345,\"b\":0.10,\"c\":9007199254740993,\"d\":-0}";

        Node.Mapping root = JsonReader.read("menu.json", ids);

        assertThat(root.entries().values())
                .extracting(entry -> ((Node.Scalar) entry.value()).text())
                .containsExactly("208379533123456789012345", "0.10", "9007199254740993", "-0");
        assertThat(root.toJson()).hasToString(ids.replace("-0", "0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e9999", "-1E-12345678901234567890", "1e+00001"})
    void refusesNumbersThatNoMachineHas(String number) {
        assertThat(refusal("{\"a\":\n " + number + "}"))
                .isEqualTo(
                        "menu.json:2:2: found a number this large; expected at most 82 digits, of them 3 in an exponent");
    }

    @Test
    void refusesNumbersWithoutEnd() {
        assertThat(refusal("{\"a\":" + "1".repeat(10_000) + "}")).contains(":6: found a number this large");
    }

    @Test
    void takesThirtyTwoLevelsAndNoMore() {
        assertThat(JsonReader.read("menu.json", "{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}")
                        .entries())
                .hasSize(1);
        assertThat(refusal("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}"))
                .startsWith("menu.json:1:37: found more than 32 levels");
    }

    @Test
    void tellsWhereAKeyStandsASecondTimeHoweverItIsWritten() {
        assertThat(refusal("{\"ab\":{},\n  \"\\u0061b\" : 1}"))
                .isEqualTo(
                        "menu.json:2:3: found the key \"ab\" a second time; expected every key once; remove one of them");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\u0000\":1}", "{\"a\":1\u0000}", "{\u0000\"a\":1}", "{\"a\":\u00001}", "{\"a\":1}\u0000"})
    void tellsWhereAControlCharacterStands(String text) {
        int column = text.indexOf(0) + 1;

        assertThat(refusal(text)).startsWith("menu.json:1:" + column + ": found U+0000; expected ");
    }

    @Test
    void throwsNothingElseWhateverTheTextIs() {
        Random random = new Random(42);
        String alphabet = "{}[]:,\"\\ \n\r\tu09-+.eEtrufalsn'/#：，\u00A0\u0000\uD83D\uDE00";

        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(TEXT);
            for (int change = 0; change < 3; change++) {
                int at = random.nextInt(text.length());
                text.replace(
                        at, at + random.nextInt(2), String.valueOf(alphabet.charAt(random.nextInt(alphabet.length()))));
            }
            try {
                JsonReader.read("menu.json", text.toString()).toJson();
            } catch (ConfigException unreadable) {
                assertThat(unreadable.problems()).singleElement().satisfies(problem -> {
                    assertThat(problem.place().line()).isBetween(1, 8);
                    assertThat(problem.place().column()).isPositive();
                });
            }
        }
    }

    private static String refusal(String text) {
        return catchThrowableOfType(ConfigException.class, () -> JsonReader.read("menu.json", text))
                .problems()
                .get(0)
                .text();
    }
}
