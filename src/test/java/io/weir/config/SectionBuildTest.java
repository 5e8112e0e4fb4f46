package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SectionBuildTest {
    private record Range(int from, int to) {
        Range {
            if (from > to) {
                throw new IllegalArgumentException("expected from to be at most to");
            }
        }

        static Range read(Section section) {
            return new Range(section.integer("from", 1, 0, 99), section.integer("to", 9, 0, 99));
        }
    }

    @Test
    void buildsARecordWithoutErrors() {
        Section root = ParsedText.of("range: {from: 2}\nother: {to: x}").root();
        assertThat(root.section("other").integer("to", 0, 0, 1)).isZero();

        assertThat(root.section("range").build(() -> Range.read(root.section("range"))))
                .contains(new Range(2, 9));
    }

    @Test
    void turnsTheRecordsRefusalIntoAProblem() {
        ParsedText reading = ParsedText.of("a: 1\nrange:\n  from: 50");
        Section range = reading.root().section("range");

        assertThat(range.build(() -> Range.read(range))).isEmpty();

        assertThat(reading.texts())
                .containsExactly("weir.yaml:2: range: found values that do not fit; expected from to be at most to");
    }

    @Test
    void doesNotCallTheConstructorAfterAnErrorBelow() {
        Section root = ParsedText.of("outer:\n  list:\n    - n: x").root();
        Section item = root.section("outer").list("list").get(0);
        assertThat(item.integer("n", 1, 0, 9)).isOne();

        assertThat(item.build(SectionBuildTest::unexpected)).isEmpty();
        assertThat(root.section("outer").build(SectionBuildTest::unexpected)).isEmpty();
        assertThat(root.build(SectionBuildTest::unexpected)).isEmpty();
    }

    @Test
    void buildsInSpiteOfAWarning() {
        Section root = ParsedText.of("a: 1").root();
        root.warning("a", "expected better");

        assertThat(root.build(() -> "built")).contains("built");
    }

    @Test
    void buildsNothingWhenGettersFailOnTheWay() {
        ParsedText reading = ParsedText.of("range: {from: 50, to: x}\nfine: {to: x}");
        Section range = reading.root().section("range");
        Section fine = reading.root().section("fine");

        assertThat(range.build(() -> Range.read(range))).isEmpty();
        assertThat(fine.build(() -> Range.read(fine))).isEmpty();

        assertThat(reading.texts())
                .hasSize(2)
                .allSatisfy(text -> assertThat(text).contains("expected a whole number"));
    }

    @Test
    void blotsOutSecretsInTheRecordsRefusal() {
        ParsedText reading = ParsedText.of("key: hush");
        Secret key = reading.root().requiredSecret("key");

        assertThat(reading.root().build(() -> Integer.valueOf(key.reveal()))).isEmpty();

        assertThat(reading.texts())
                .containsExactly("weir.yaml:1: found values that do not fit; For input string: \"***\"");
    }

    @Test
    void letsBugsPass() {
        Section root = ParsedText.of("").root();

        assertThatThrownBy(() -> root.build(SectionBuildTest::unexpected)).isInstanceOf(IllegalStateException.class);
    }

    private static String unexpected() {
        throw new IllegalStateException("not to be called");
    }
}
