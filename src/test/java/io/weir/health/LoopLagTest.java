package io.weir.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoopLagTest {
    private final AtomicLong nanos = new AtomicLong(-1_000);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final LoopLag lag = new LoopLag(0, metrics, nanos::get);

    @Test
    void isNothingOnALoopThatRuns() {
        tickAfter(100, 100, 101);

        assertThat(shown()).isCloseTo(0.001, within(1e-6));
    }

    @Test
    void isKeptForAtLeastHalfAMinuteAndAMinuteAtMost() {
        tickAfter(100, 1_100);
        assertThat(shown()).isCloseTo(1, within(1e-6));

        for (int i = 0; i < 300; i++) {
            tickAfter(100);
        }
        assertThat(shown()).isCloseTo(1, within(1e-6));

        for (int i = 0; i < 300; i++) {
            tickAfter(100);
        }
        assertThat(shown()).isZero();
    }

    @Test
    void growsWhileTheLoopIsBlocked() {
        tickAfter(100);
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());

        assertThat(shown()).isCloseTo(2.9, within(1e-6));
    }

    private double shown() {
        return metrics.get("weir.event.loop.lag").tag("loop", "0").gauge().value();
    }

    private void tickAfter(long... millis) {
        for (long each : millis) {
            nanos.addAndGet(Duration.ofMillis(each).toNanos());
            lag.tick();
        }
    }
}
