package io.weir.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.event.KeyValuePair;

/**
 * Lets an event be logged {@value #MOST} times in ten seconds, whatever happens; the next line that is let through says in key
 * {@code suppressed} how many were not. Many events are limited more tightly where they come from.
 */
final class RepeatLimit extends Filter<ILoggingEvent> {
    static final int MOST = 50;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int EVENTS = 500;
    private static final String SUPPRESSED = "suppressed";

    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > EVENTS;
        }
    };

    private final LongSupplier nanoTime;

    /** @param nanoTime what passes steadily */
    RepeatLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized FilterReply decide(ILoggingEvent event) {
        if (event.getLoggerName().equals(LogConfiguration.PUSHES)) {
            return FilterReply.NEUTRAL;
        }
        long now = nanoTime.getAsLong();
        Window window =
                windows.computeIfAbsent(event.getLoggerName() + ' ' + event.getMessage(), first -> new Window(now));
        if (now - window.sinceNanos >= PERIOD_NANOS) {
            window.sinceNanos = now;
            window.lines = 0;
        }
        if (++window.lines > MOST) {
            window.suppressed++;
            return FilterReply.DENY;
        }
        if (window.suppressed > 0 && event instanceof LoggingEvent line) {
            line.addKeyValuePair(new KeyValuePair(SUPPRESSED, window.suppressed));
            window.suppressed = 0;
        }
        return FilterReply.NEUTRAL;
    }

    private static final class Window {
        private long sinceNanos;
        private int lines;
        private long suppressed;

        Window(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }
    }
}
