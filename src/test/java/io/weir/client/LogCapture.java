package io.weir.client;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What is logged below a name, until it is closed. */
public final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Level previous;

    @SuppressWarnings("NullAway") // a logger without a level of its own has none
    private LogCapture(Logger logger) {
        this.logger = logger;
        this.previous = logger.getLevel();
    }

    /** Everything, at every level. */
    public static LogCapture of(String name) {
        LogCapture capture = atItsLevel(name);
        capture.logger.setLevel(Level.TRACE);
        return capture;
    }

    /** What is logged anyway. */
    public static LogCapture atItsLevel(String name) {
        LogCapture capture = new LogCapture((Logger) LoggerFactory.getLogger(name));
        capture.start();
        capture.logger.addAppender(capture);
        return capture;
    }

    public List<ILoggingEvent> events() {
        return events;
    }

    /** Message, keys and values, and exceptions. */
    public String text(int index) {
        ILoggingEvent event = events.get(index);
        String proxy = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        return event.getFormattedMessage() + " " + event.getKeyValuePairs() + " " + proxy;
    }

    /** Level, message, keys and values, and what an exception says, of each event so far. */
    public List<String> lines() {
        return events.stream().map(LogCapture::line).toList();
    }

    private static String line(ILoggingEvent event) {
        String cause = event.getThrowableProxy() == null
                ? ""
                : " " + event.getThrowableProxy().getMessage();
        return event.getLevel() + " " + event.getFormattedMessage() + " " + event.getKeyValuePairs() + cause;
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(previous);
        stop();
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
    }
}
