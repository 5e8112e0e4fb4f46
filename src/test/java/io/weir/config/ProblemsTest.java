package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class ProblemsTest {
    private final Problems problems = new Problems();

    @Test
    void writesAProblemAsOneLine() {
        Place place =
                Place.root("conf/weir.yaml").key("accounts", 2).key("main", 3).key("mode", 12);
        Problem problem = Problem.error(place, "\"saef\"", "expected plaintext, compatible or safe")
                .hint("did you mean \"safe\"?");

        assertThat(problem.text())
                .isEqualTo(
                        "conf/weir.yaml:12: accounts.main.mode: found \"saef\"; expected plaintext, compatible or safe;"
                                + " did you mean \"safe\"?");
        assertThat(problem.warning().text()).startsWith("conf/weir.yaml:12: warning: accounts.main.mode: found");
    }

    @Test
    void keepsLineBreaksAndInvisibleCharactersOutOfTheLine() {
        Problem problem = Problem.error(Place.root("a.yaml").key("k\n", 1), "\"\u001B[31m\u202Ex\u00A0y\"", "rule");

        assertThat(problem.text()).isEqualTo("a.yaml:1: \"k\\u000A\": found \"\\u001B[31m\\u202Ex\\u00A0y\"; rule");
    }

    @Test
    void sortsByFileAndLineAndSeparatesWarnings() {
        Problem late = error("b.yaml", 1);
        Problem middle = error("a.yaml", 10).warning();
        Problem early = error("a.yaml", 9);
        problems.add(late);
        problems.add(middle);
        problems.add(early);
        problems.add(early);

        assertThat(problems.all()).containsExactly(early, middle, late);
        assertThat(problems.errors()).containsExactly(early, late);
        assertThat(problems.warnings()).containsExactly(middle);
    }

    @Test
    void throwsAllErrorsTogetherWithoutStackTrace() {
        problems.add(error("a.yaml", 2));
        problems.add(error("a.yaml", 1));
        problems.add(error("a.yaml", 3).warning());

        ConfigException thrown = catchThrowableOfType(ConfigException.class, problems::throwIfErrors);

        assertThat(thrown)
                .hasMessage("a.yaml:1: key: found this; expected that\na.yaml:2: key: found this; expected that");
        assertThat(thrown.problems()).hasSize(2);
        assertThat(thrown.getStackTrace()).isEmpty();
    }

    @Test
    void throwsNothingForWarningsAlone() {
        problems.add(error("a.yaml", 3).warning());

        assertThatCode(problems::throwIfErrors).doesNotThrowAnyException();
    }

    private static Problem error(String file, int line) {
        return Problem.error(Place.root(file).key("key", line), "this", "expected that");
    }
}
