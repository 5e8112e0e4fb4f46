package io.weir.client;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Everything that is logged below a name, at every level, until it is closed. */
public final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Level former;

    @SuppressWarnings("NullAway") // a logger without a level of its own has none
    private LogCapture(Logger logger) {
        this.logger = logger;
        this.former = logger.getLevel();
    }

    public static LogCapture of(String name) {
        LogCapture capture = new LogCapture((Logger) LoggerFactory.getLogger(name));
        capture.start();
        capture.logger.setLevel(Level.TRACE);
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

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(former);
        stop();
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
    }
}
