package io.weir.cli;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.hook.DefaultShutdownHook;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * Which log lines are written, and where. In code: to read the same from XML loads 390 classes more, at every start. A file that
 * {@code -Dlogback.configurationFile} names takes its place.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogConfiguration extends ContextAwareBase implements Configurator {
    /** What could make two lines of one, or steer a terminal. */
    private static final String CONTROL =
            "{'[\\r\\n\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f\\u0085\\u2028\\u2029]', ' '}";

    private static final String LINE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %logger{0} %replace(%msg)"
            + CONTROL + " %replace(%kvp{DOUBLE})" + CONTROL + "%n";

    private static final int QUEUE = 1_024;

    @Override
    public ExecutionStatus configure(LoggerContext logs) {
        if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        logs.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level("WEIR_LOG", Level.INFO));
        logs.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(neverBlocking(logs, stderr(logs)));
        // One line for each push; weir dev turns it on.
        logs.getLogger("io.weir.push").setLevel(level("WEIR_PUSH_LOG", Level.OFF));
        logs.getLogger("io.netty").setLevel(Level.WARN);
        // Who still connects while the listener closes is turned away; that is no news, let alone with a stack trace.
        logs.getLogger("io.netty.bootstrap").setLevel(Level.ERROR);
        logs.getLogger("io.vertx").setLevel(Level.WARN);
        // RedisLink tells what is wrong with Redis, once; the driver would repeat it with stack traces.
        logs.getLogger("io.vertx.redis").setLevel(Level.OFF);
        flushAtTheEnd(logs);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Level level(String variable, Level otherwise) {
        return Optional.ofNullable(System.getenv(variable))
                .map(named -> Level.toLevel(named, otherwise))
                .orElse(otherwise);
    }

    private static ConsoleAppender<ILoggingEvent> stderr(LoggerContext logs) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(logs);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(LINE);
        encoder.start();
        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(logs);
        stderr.setName("STDERR");
        stderr.setTarget("System.err");
        stderr.setEncoder(encoder);
        stderr.start();
        return stderr;
    }

    /** When the reader of stderr is slow, lines are dropped: no event loop waits for it. */
    private static AsyncAppender neverBlocking(LoggerContext logs, ConsoleAppender<ILoggingEvent> to) {
        AsyncAppender async = new AsyncAppender();
        async.setContext(logs);
        async.setName("ASYNC");
        async.setQueueSize(QUEUE);
        async.setDiscardingThreshold(0);
        async.setNeverBlock(true);
        async.addAppender(to);
        async.start();
        return async;
    }

    private static void flushAtTheEnd(LoggerContext logs) {
        DefaultShutdownHook flush = new DefaultShutdownHook();
        flush.setContext(logs);
        Thread thread = new Thread(flush, "log-flush");
        logs.putObject(CoreConstants.SHUTDOWN_HOOK_THREAD, thread);
        Runtime.getRuntime().addShutdownHook(thread);
    }
}
