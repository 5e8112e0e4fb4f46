package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogConfigurationTest {
    private final LoggerContext logs = new LoggerContext();

    @AfterEach
    void stop() {
        System.clearProperty(ClassicConstants.CONFIG_FILE_PROPERTY);
        logs.stop();
    }

    @Test
    void silencesWhatRepeatsOthers() {
        assertThat(new LogConfiguration().configure(logs)).isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);

        assertThat(logs.getLogger("io.weir.push").getLevel()).isEqualTo(Level.OFF);
        assertThat(logs.getLogger("io.vertx.redis").getLevel()).isEqualTo(Level.OFF);
        assertThat(logs.getLogger("io.vertx").getLevel()).isEqualTo(Level.WARN);
    }

    @Test
    void makesOneLineOfAMessageWithControlCharacters() {
        new LogConfiguration().configure(logs);
        Logger logger = logs.getLogger("io.weir.Some");

        byte[] line = stderr().getEncoder()
                .encode(new LoggingEvent("", logger, Level.WARN, "a\r\nb\u001b[31m 红", null, null));

        assertThat(new String(line, StandardCharsets.UTF_8)).endsWith("Z WARN  Some a\\r\\nb\\u001b[31m 红\n");
    }

    @Test
    void keepsAValueOneValueWhateverIsInIt() {
        assertThat(pair("/wx/a\" peer=\"10.0.0.9")).isEqualTo("path=\"/wx/a\\\" peer=\\\"10.0.0.9\" line=\"7\"");
        assertThat(pair("a\\\" x=\"1")).isEqualTo("path=\"a\\\\\\\" x=\\\"1\" line=\"7\"");
        assertThat(pair("a\r\nERROR forged\tb")).isEqualTo("path=\"a\\r\\nERROR forged\\tb\" line=\"7\"");
        assertThat(pair("a\033[31mb\0c\177")).isEqualTo("path=\"a\\u001b[31mb\\u0000c\\u007f\" line=\"7\"");
        assertThat(pair("a" + (char) 0x2028 + (char) 0x202E + "b")).isEqualTo("path=\"a\\u2028\\u202eb\" line=\"7\"");
        assertThat(pair("扫码 🎉")).isEqualTo("path=\"扫码 🎉\" line=\"7\"");
    }

    private String pair(String value) {
        new LogConfiguration().configure(logs);
        LoggingEvent event = new LoggingEvent("", logs.getLogger("io.weir.Some"), Level.WARN, "said", null, null);
        event.setKeyValuePairs(List.of(new KeyValuePair("path", value), new KeyValuePair("line", 7)));
        String line = new String(stderr().getEncoder().encode(event), StandardCharsets.UTF_8);
        return line.replaceFirst(".*Z WARN  Some said ", "").stripTrailing();
    }

    @Test
    void makesWayForAFile() {
        System.setProperty(ClassicConstants.CONFIG_FILE_PROPERTY, "mine.xml");

        assertThat(new LogConfiguration().configure(logs)).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);

        assertThat(logs.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders())
                .isExhausted();
    }

    private ConsoleAppender<ILoggingEvent> stderr() {
        AsyncAppender async =
                (AsyncAppender) logs.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("ASYNC");
        return (ConsoleAppender<ILoggingEvent>) async.getAppender("STDERR");
    }
}
