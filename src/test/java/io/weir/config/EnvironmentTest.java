package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {
    private static final Map<String, String> VARIABLES =
            Map.of("HOST", "example.cn", "PORT", "80", "EMPTY", "", "TRICKY", "${HOST} $1 \\ : #");

    @ParameterizedTest
    @CsvSource({
        "${HOST}, example.cn",
        "${HOST}:${PORT}/${HOST}, example.cn:80/example.cn",
        "${UNSET:x}, x",
        "${UNSET:redis://a:1}, redis://a:1",
        "a${UNSET:}b, ab",
        "a${EMPTY:x}b, ab",
        "a${EMPTY}b, ab",
        "$${HOST}, ${HOST}",
        "$$${HOST}, $${HOST}",
        "a$${${PORT}, a${80",
        "$HOST $ $$, $HOST $ $$",
        "}{, }{",
        "${TRICKY}, '${HOST} $1 \\ : #'"
    })
    void replacesVariables(String written, String expected) {
        ParsedText reading = ParsedText.of("a: '" + written + "'", VARIABLES);

        assertThat(reading.root().text("a")).contains(expected);
        assertThat(reading.texts()).isEmpty();
    }

    @Test
    void replacesInListsAndNotInKeys() {
        ParsedText reading = ParsedText.of("'${HOST}': [\"${PORT}\", '${HOST}']", VARIABLES);

        assertThat(reading.root().texts("${HOST}")).containsExactly("80", "example.cn");
    }

    @Test
    void replacesNothingInFilesWithoutEnvironment() {
        ParsedText reading = ParsedText.withoutEnvironment("a: '${HOST} $${ ${'");

        assertThat(reading.root().text("a")).contains("${HOST} $${ ${");
        assertThat(reading.texts()).isEmpty();
    }

    @Test
    void reportsEachUnsetVariableWithItsName() {
        ParsedText reading = ParsedText.of("a: ${ONE}${TWO}${ONE}");

        assertThat(reading.root().required("a")).isEmpty();

        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:1: a: found ${ONE}, which is not set; expected the environment variable ONE;"
                                + " set it or give a default: ${ONE:default}",
                        "weir.yaml:1: a: found ${TWO}, which is not set; expected the environment variable TWO;"
                                + " set it or give a default: ${TWO:default}");
    }

    @Test
    void reportsAnUnterminatedReference() {
        ParsedText reading = ParsedText.of("a: '${HOST'", VARIABLES);

        assertThat(reading.root().text("a", "fallback")).isEqualTo("fallback");

        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:1: a: found \"${\" without \"}\"; expected ${NAME}, ${NAME:default} or ${file:/path};"
                                + " write \"$${\" for a literal \"${\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${}", "${:x}", "${a b}", "${1A}", "${A-x}", "${UNSET:${HOST}}"})
    void reportsAReferenceWithoutProperName(String written) {
        ParsedText reading = ParsedText.of("a: '" + written + "'", VARIABLES);

        assertThat(reading.root().text("a")).isEmpty();

        assertThat(reading.texts())
                .singleElement()
                .asString()
                .contains("found \"${\" without a proper name and default");
    }

    @Test
    void namesTheVariableOfARefusedValue() {
        ParsedText reading = ParsedText.of("a: ${HOST}\nb: ${EMPTY}\nc: ${UNSET:x}\nd: ${UNSET}", VARIABLES);

        assertThat(reading.root().integer("a", 1, 0, 9)).isOne();
        assertThat(reading.root().integer("b", 1, 0, 9)).isOne();
        assertThat(reading.root().integer("c", 1, 0, 9)).isOne();
        reading.root().warning("d", "expected a number");

        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:1: a: found \"example.cn\" (from ${HOST}); expected a whole number from 0 to 9",
                        "weir.yaml:2: b: found ${EMPTY}, which is blank; expected a whole number from 0 to 9",
                        "weir.yaml:3: c: found \"x\" (from ${UNSET}); expected a whole number from 0 to 9",
                        "weir.yaml:4: warning: d: found ${UNSET}, which is not set; expected a number");
    }
}
