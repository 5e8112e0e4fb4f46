package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTypedTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TWO_DAYS = Duration.ofDays(2);
    private static final URI FALLBACK = URI.create("https://fallback");

    private enum Mode {
        PLAINTEXT,
        SAFE,
        VERY_SAFE
    }

    @Test
    void fallsBackWhereNothingIsSaid() {
        ParsedText reading = ParsedText.of("");
        Section root = reading.root();

        assertThat(root.integer("a", 7, 0, 9)).isEqualTo(7);
        assertThat(root.flag("b", true)).isTrue();
        assertThat(root.duration("c", SECOND, SECOND, TWO_DAYS)).isEqualTo(SECOND);
        assertThat(root.bytes("d", 5, 0, 9)).isEqualTo(5);
        assertThat(root.oneOf("e", Mode.class, Mode.SAFE)).isEqualTo(Mode.SAFE);
        assertThat(root.uri("f", FALLBACK, "https")).isEqualTo(FALLBACK);
        assertThat(reading.texts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "65535, 65535", "-5, -5", "'\"80\"', 80"})
    void readsWholeNumbers(String written, int number) {
        assertThat(ParsedText.of("n: " + written).root().integer("n", 1, -5, 65535))
                .isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "65536",
                "-6",
                "080",
                "+1",
                "1e3",
                "1.0",
                "0x1F",
                "99999999999999999999",
                "٣",
                "-0",
                "eighty",
                "' '"
            })
    void refusesOtherNumbers(String written) {
        ParsedText reading = ParsedText.of("n: " + written);

        assertThat(reading.root().integer("n", 1, -5, 65535)).isEqualTo(1);

        assertThat(reading.texts()).singleElement().asString().contains("; expected a whole number from -5 to 65535");
    }

    @Test
    void readsFlags() {
        Section root = ParsedText.of("yes: true\nno: false").root();

        assertThat(root.flag("yes", false)).isTrue();
        assertThat(root.flag("no", true)).isFalse();
    }

    @Test
    void refusesOtherFlags() {
        ParsedText reading = ParsedText.of("a: yes\nb: True");

        assertThat(reading.root().flag("a", false)).isFalse();
        assertThat(reading.root().flag("b", false)).isFalse();

        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:1: a: found \"yes\"; expected true or false",
                        "weir.yaml:2: b: found \"True\"; expected true or false; did you mean \"true\"?");
    }

    @ParameterizedTest
    @CsvSource({"4500ms, 4500", "10s, 10000", "10m, 600000", "48h, 172800000", "2d, 172800000"})
    void readsDurations(String written, long milliseconds) {
        assertThat(ParsedText.of("d: " + written).root().duration("d", SECOND, SECOND, TWO_DAYS))
                .isEqualTo(Duration.ofMillis(milliseconds));
    }

    @ParameterizedTest
    @CsvSource({
        "10, 'write the unit: ms, s, m, h or d'",
        "10S, did you mean \"s\"?",
        "49h,",
        "999ms,",
        "1.5s,",
        "-1s,",
        "999999999999999999h,",
        "soon,"
    })
    void refusesOtherDurations(String written, String hint) {
        ParsedText reading = ParsedText.of("d: " + written);

        assertThat(reading.root().duration("d", SECOND, SECOND, TWO_DAYS)).isEqualTo(SECOND);

        String expected = "weir.yaml:1: d: found \"" + written + "\"; expected a duration from 1s to 2d";
        assertThat(reading.texts()).singleElement().asString().startsWith(expected);
        assertThat(reading.problems().all().get(0).hint().orElse("")).isEqualTo(hint == null ? "" : hint);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1000, 1000", "64KiB, 65536", "1MiB, 1048576", "2GiB, 2147483648"})
    void readsSizes(String written, long bytes) {
        assertThat(ParsedText.of("b: " + written).root().bytes("b", 1, 0, 1L << 31))
                .isEqualTo(bytes);
    }

    @Test
    void refusesOtherSizes() {
        ParsedText reading = ParsedText.of("a: 64KB\nb: 3GiB\nc: 64 KiB");

        assertThat(reading.root().bytes("a", 1, 0, 1L << 31)).isOne();
        assertThat(reading.root().bytes("b", 1, 0, 1L << 31)).isOne();
        assertThat(reading.root().bytes("c", 1, 1000, 1L << 31)).isOne();

        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:1: a: found \"64KB\"; expected a size in bytes from 0 to 2GiB; did you mean \"KiB\"?",
                        "weir.yaml:2: b: found \"3GiB\"; expected a size in bytes from 0 to 2GiB",
                        "weir.yaml:3: c: found \"64 KiB\"; expected a size in bytes from 1000 to 2GiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"very-safe", "very_safe"})
    void readsConstantsInLowerCase(String written) {
        assertThat(ParsedText.of("m: " + written).root().oneOf("m", Mode.class, Mode.SAFE))
                .isEqualTo(Mode.VERY_SAFE);
    }

    @Test
    void refusesOtherConstantsAndSuggestsTheNearest() {
        ParsedText reading = ParsedText.of("a: saef\nb: SAFE\nc: none");

        assertThat(reading.root().oneOf("a", Mode.class, Mode.PLAINTEXT)).isEqualTo(Mode.PLAINTEXT);
        assertThat(reading.root().oneOf("b", Mode.class, Mode.PLAINTEXT)).isEqualTo(Mode.PLAINTEXT);
        assertThat(reading.root().oneOf("c", Mode.class, Mode.PLAINTEXT)).isEqualTo(Mode.PLAINTEXT);

        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:1: a: found \"saef\"; expected plaintext, safe or very-safe; did you mean \"safe\"?",
                        "weir.yaml:2: b: found \"SAFE\"; expected plaintext, safe or very-safe; did you mean \"safe\"?",
                        "weir.yaml:3: c: found \"none\"; expected plaintext, safe or very-safe");
    }

    @Test
    void readsUris() {
        Section root = ParsedText.of("a: \"redis://127.0.0.1:6379/0\"\nb: HTTPS://x.cn\nc: ftp://x")
                .root();

        assertThat(root.uri("a", FALLBACK, "redis", "rediss")).isEqualTo(URI.create("redis://127.0.0.1:6379/0"));
        assertThat(root.uri("b", FALLBACK, "http", "https")).isEqualTo(URI.create("HTTPS://x.cn"));
        assertThat(root.uri("c", FALLBACK)).isEqualTo(URI.create("ftp://x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.weixin.qq.com", "ftp://x", "https://", "/x", "\"https://a b\""})
    void refusesOtherUris(String written) {
        ParsedText reading = ParsedText.of("u: " + written);

        assertThat(reading.root().uri("u", FALLBACK, "http", "https")).isEqualTo(FALLBACK);

        assertThat(reading.texts())
                .singleElement()
                .asString()
                .endsWith("; expected a URI with a host that begins with http:// or https://");
    }

    @Test
    void namesNoSchemeWhereAnyWillDo() {
        ParsedText reading = ParsedText.of("u: x");

        assertThat(reading.root().uri("u", FALLBACK)).isEqualTo(FALLBACK);

        assertThat(reading.texts()).containsExactly("weir.yaml:1: u: found \"x\"; expected a URI with a host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://:hush@h o", "redis://user:hu@hush@h o?x=hush", "redis://h o?password=hush"})
    void neverShowsWhatAUriCarriesToProveWhoAsks(String uri) {
        ParsedText reading = ParsedText.of("u: " + uri + "\nv: ${URI}", Map.of("URI", uri));

        assertThat(reading.root().uri("u", FALLBACK)).isEqualTo(FALLBACK);
        assertThat(reading.root().uri("v", FALLBACK)).isEqualTo(FALLBACK);

        assertThat(reading.texts())
                .hasSize(2)
                .allSatisfy(text ->
                        assertThat(text).contains("redis://").contains("***").doesNotContain("hu"));
    }

    @Test
    void hidesWhatStandsBeforeAnAtSignWhateverItIs() {
        ParsedText reading = ParsedText.of("a: https:user:hush@h\nb: user:hush@h\nc: [x, 'hush@h']");

        assertThat(reading.root().uri("a", FALLBACK, "https")).isEqualTo(FALLBACK);
        assertThat(reading.root().flag("b", true)).isTrue();
        reading.root().problem("c", "expected something else");

        assertThat(reading.texts())
                .hasSize(3)
                .allSatisfy(text -> assertThat(text).contains("***@h").doesNotContain("hush"));
    }

    @Test
    void shortensLongValuesAndHidesThoseOfSeveralLines() {
        ParsedText reading = ParsedText.of("a: " + "x".repeat(100) + "\nb: safe\n  appSecret:hush\nc: 1");

        assertThat(reading.root().flag("a", true)).isTrue();
        assertThat(reading.root().oneOf("b", Mode.class, Mode.SAFE)).isEqualTo(Mode.SAFE);

        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:1: a: found \"" + "x".repeat(60) + "…\"; expected true or false",
                        "weir.yaml:2: b: found a text of several lines; expected plaintext, safe or very-safe");
    }
}
