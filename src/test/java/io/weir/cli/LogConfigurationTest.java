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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
