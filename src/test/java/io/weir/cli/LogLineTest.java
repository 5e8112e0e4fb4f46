package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.cli.LogLine.Format;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLineTest {
    private static final String SECRET = "oAbCdEfGhIjKlMnOpQrStUvWxYz12 wrote: my card is 4711";

    private final LoggerContext logs = new LoggerContext();

    @Test
    void endsOneLineForEachEvent() {
        assertThat(text("push refused", null, new KeyValuePair("account", "main"), new KeyValuePair("suppressed", 3L)))
                .isEqualTo("2024-11-19T07:06:40.123Z WARN  Some push refused account=\"main\" suppressed=\"3\"\n");
        assertThat(json("push refused", null, new KeyValuePair("account", "main"), new KeyValuePair("suppressed", 3L)))
                .isEqualTo("{\"time\":\"2024-11-19T07:06:40.123Z\",\"level\":\"WARN\",\"logger\":\"Some\","
                        + "\"event\":\"push refused\",\"account\":\"main\",\"suppressed\":3}\n");
    }

    @Test
    void letsNoValueForgeAKeyOrALine() {
        String path = "/wx/x\" level=\"ERROR\" \\\r\n2026 ERROR forged\u001b[31m\u2028\u202e";

        String line = text("no account at this path", null, new KeyValuePair("path", path));

        assertThat(line.lines()).hasSize(1);
        assertThat(line)
                .endsWith(
                        "path=\"/wx/x\\\" level=\\\"ERROR\\\" \\\\\\r\\n2026 ERROR forged\\u001b[31m\\u2028\\u202e\"\n");
        assertThat(read(json("no account at this path", null, new KeyValuePair("path", path)))
                        .path("path")
                        .asText())
                .isEqualTo(path);
        assertThat(json("a\nb", null).lines()).hasSize(1);
    }

    @Test
    void cutsWhatIsTooLong() {
        KeyValuePair pair = new KeyValuePair("path", "x".repeat(100_000));

        assertThat(text("a", null, pair)).hasSizeLessThan(2_200).contains("xxx…\"");
        assertThat(json("a", null, pair)).hasSizeLessThan(2_200);
    }

    @Test
    void showsWhereAnExceptionComesFromAndNeverWhatItSays() {
        Exception failure = new IllegalStateException(SECRET, new IOException(SECRET));

        String text = text("handler failed", failure);
        JsonNode json = read(json("handler failed", failure));

        assertThat(text)
                .contains("java.lang.IllegalStateException\n\tat io.weir.cli.LogLineTest.")
                .contains("Caused by: java.io.IOException\n")
                .doesNotContain("4711", "oAbC");
        assertThat(json.path("exception").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(json.path("trace").asText())
                .contains("Caused by: java.io.IOException")
                .doesNotContain("4711");
    }

    @Test
    void boundsADeepStack() {
        assertThat(text("handler failed", deep(2_000)).lines()).hasSizeLessThan(60);
    }

    private static Exception deep(int levels) {
        return levels == 0 ? new IllegalStateException() : deep(levels - 1);
    }

    private String text(String event, @Nullable Throwable failure, KeyValuePair... pairs) {
        return line(Format.TEXT, event, failure, pairs);
    }

    private String json(String event, @Nullable Throwable failure, KeyValuePair... pairs) {
        return line(Format.JSON, event, failure, pairs);
    }

    private String line(Format format, String event, @Nullable Throwable failure, KeyValuePair... pairs) {
        LoggingEvent line = new LoggingEvent("", logs.getLogger("io.weir.Some"), Level.WARN, event, failure, null);
        line.setTimeStamp(1_732_000_000_123L);
        Stream.of(pairs).forEach(line::addKeyValuePair);
        return new LogLine(format).doLayout(line);
    }

    private static JsonNode read(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
