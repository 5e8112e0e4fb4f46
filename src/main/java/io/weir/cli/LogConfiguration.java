package io.weir.cli;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.hook.DefaultShutdownHook;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which log lines are written, and where. In code: to read the same from XML loads 390 classes more, at every start. A file that
 * {@code -Dlogback.configurationFile} names takes its place.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogConfiguration extends ContextAwareBase implements Configurator {
    /** One line for each push. */
    static final String PUSHES = "io.weir.push";

    private static final String ASYNC = "ASYNC";
    private static final String STDERR = "STDERR";
    private static final String FORMAT = "WEIR_LOG_FORMAT";
    private static final int QUEUE = 1_024;

    @Override
    public ExecutionStatus configure(LoggerContext logs) {
        if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        logs.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level("WEIR_LOG", Level.INFO));
        logs.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(neverBlocking(logs, stderr(logs)));
        // weir dev turns it on.
        logs.getLogger(PUSHES).setLevel(level("WEIR_PUSH_LOG", Level.OFF));
        logs.getLogger("io.netty").setLevel(Level.WARN);
        // Who still connects while the listener closes is turned away; that is no news, let alone with a stack trace.
        logs.getLogger("io.netty.bootstrap").setLevel(Level.ERROR);
        logs.getLogger("io.vertx").setLevel(Level.WARN);
        // RedisLink tells what is wrong with Redis, once; the driver would repeat it with stack traces.
        logs.getLogger("io.vertx.redis").setLevel(Level.OFF);
        flushAtTheEnd(logs);
        tellMistakes(logs);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Level level(String variable, Level otherwise) {
        return Optional.ofNullable(System.getenv(variable))
                .map(named -> Level.toLevel(named, otherwise))
                .orElse(otherwise);
    }

    /** What the variables say that cannot be taken. */
    private static void tellMistakes(LoggerContext logs) {
        for (String variable : List.of("WEIR_LOG", "WEIR_PUSH_LOG")) {
            String named = System.getenv(variable);
            if (named != null && !named.isEmpty() && Level.toLevel(named, null) == null) {
                tellMistake(logs, variable, "OFF, ERROR, WARN, INFO, DEBUG or TRACE");
            }
        }
        if (format(System.getenv(FORMAT)).isEmpty()) {
            tellMistake(logs, FORMAT, "text or json");
        }
    }

    private static void tellMistake(LoggerContext logs, String variable, String expected) {
        logs.getLogger(LogConfiguration.class)
                .atWarn()
                .addKeyValue("variable", variable)
                .addKeyValue("found", System.getenv(variable))
                .addKeyValue("expected", expected)
                .log("a variable of the environment is not understood, it is left out");
    }

    /** The format of that name, which is text where there is none; empty for a name that is neither. */
    private static Optional<LogLine.Format> format(@Nullable String name) {
        if (name == null || name.isEmpty() || name.equalsIgnoreCase("text")) {
            return Optional.of(LogLine.Format.TEXT);
        }
        return name.equalsIgnoreCase("json") ? Optional.of(LogLine.Format.JSON) : Optional.empty();
    }

    /**
     * From now on lines are written so, as option {@code --log-format} says. Without effect where a file of Logback's is in use.
     *
     * @param format {@code text} or {@code json}
     * @return whether it is one of them
     */
    public static boolean use(String format) {
        Optional<LogLine.Format> known = format(format);
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
            known.ifPresent(each -> inUse().ifPresent(to -> to.setEncoder(encoder(logs, each))));
        }
        return known.isPresent();
    }

    /** Whether lines are written as JSON. */
    public static boolean isJson() {
        return inUse().map(ConsoleAppender::getEncoder).stream()
                .filter(LayoutWrappingEncoder.class::isInstance)
                .map(encoder -> ((LayoutWrappingEncoder<?>) encoder).getLayout())
                .anyMatch(layout -> layout instanceof LogLine line && line.isJson());
    }

    private static Optional<ConsoleAppender<ILoggingEvent>> inUse() {
        Appender<ILoggingEvent> async =
                LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root
                        ? root.getAppender(ASYNC)
                        : null;
        return async instanceof AsyncAppender to
                        && to.getAppender(STDERR) instanceof ConsoleAppender<ILoggingEvent> stderr
                ? Optional.of(stderr)
                : Optional.empty();
    }

    /** The loggers that have a level of their own, by name, and those levels; empty where Logback is not in use. Any thread. */
    public static SortedMap<String, String> levels() {
        SortedMap<String, String> levels = new TreeMap<>();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
            logs.getLoggerList().stream()
                    .filter(each -> each.getLevel() != null)
                    .forEach(each -> levels.put(each.getName(), each.getLevel().toString()));
        }
        return levels;
    }

    /** From now on a logger, and those below it that have no level of their own, write from this level up. Any thread. */
    public static void setLevel(String logger, org.slf4j.event.Level level) {
        setLevel(logger, Level.convertAnSLF4JLevel(level));
    }

    /** From now on a logger, and those below it that have no level of their own, write nothing. Any thread. */
    public static void silence(String logger) {
        setLevel(logger, Level.OFF);
    }

    private static void setLevel(String logger, Level level) {
        if (LoggerFactory.getLogger(logger) instanceof ch.qos.logback.classic.Logger log) {
            log.setLevel(level);
        }
    }

    private static LayoutWrappingEncoder<ILoggingEvent> encoder(LoggerContext logs, LogLine.Format format) {
        LogLine line = new LogLine(format);
        line.setContext(logs);
        line.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(logs);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(line);
        encoder.start();
        return encoder;
    }

    private static ConsoleAppender<ILoggingEvent> stderr(LoggerContext logs) {
        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(logs);
        stderr.setName(STDERR);
        stderr.setTarget("System.err");
        stderr.setEncoder(encoder(logs, format(System.getenv(FORMAT)).orElse(LogLine.Format.TEXT)));
        stderr.start();
        return stderr;
    }

    /** When the reader of stderr is slow, lines are dropped: no event loop waits for it. */
    private static AsyncAppender neverBlocking(LoggerContext logs, ConsoleAppender<ILoggingEvent> to) {
        AsyncAppender async = new AsyncAppender();
        async.setContext(logs);
        async.setName(ASYNC);
        async.addFilter(new RepeatLimit(System::nanoTime));
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
