package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatLimitTest {
    private static final long TEN_SECONDS = 10_000_000_000L;

    private final LoggerContext logs = new LoggerContext();
    private final AtomicLong nanos = new AtomicLong();
    private final RepeatLimit limit = new RepeatLimit(nanos::get);

    @Test
    void holdsBackWhatRepeatsAndSaysHowOften() {
        assertThat(passed("io.weir.Some", "a", RepeatLimit.MOST + 30)).isEqualTo(RepeatLimit.MOST);
        assertThat(passed("io.weir.Some", "b", 1)).isOne();
        nanos.addAndGet(TEN_SECONDS);

        LoggingEvent next = event("io.weir.Some", "a");

        assertThat(limit.decide(next)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(next.getKeyValuePairs())
                .singleElement()
                .satisfies(pair -> assertThat(pair.key + "=" + pair.value).isEqualTo("suppressed=30"));
        assertThat(event("io.weir.Some", "a").getKeyValuePairs()).isNull();
    }

    @Test
    void knowsAnEventByItsNameAndNotByItsArguments() {
        List<FilterReply> replies = IntStream.range(0, RepeatLimit.MOST + 1)
                .mapToObj(i -> limit.decide(new LoggingEvent(
                        "", logs.getLogger("io.netty.Some"), Level.WARN, "failed for {}", null, new Object[] {i})))
                .toList();

        assertThat(replies.get(RepeatLimit.MOST)).isEqualTo(FilterReply.DENY);
    }

    @Test
    void leavesTheLineForEachPushAlone() {
        assertThat(passed("io.weir.push", "answered", 1_000)).isEqualTo(1_000);
    }

    private long passed(String logger, String name, int times) {
        return IntStream.range(0, times)
                .filter(i -> limit.decide(event(logger, name)) != FilterReply.DENY)
                .count();
    }

    private LoggingEvent event(String logger, String name) {
        return new LoggingEvent("", logs.getLogger(logger), Level.WARN, name, null, null);
    }
}
