package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.client.Futures;
import io.weir.client.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryFleetCounterTest extends FleetCounterContract {
    private final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");

    @Override
    protected FleetCounter counts() {
        return new MemoryFleetCounter(clock::nanos, 10_000);
    }

    @Override
    protected void pass(Duration time) {
        clock.pass(time);
    }

    @Test
    void isBoundedAndMakesRoomForNewNames() throws Exception {
        FleetCounter counts = counts();
        for (int each = 0; each < 10_000; each++) {
            Futures.get(counts.take("name" + each, 1, Duration.ofMinutes(1)));
        }

        assertThat(Futures.get(counts.take("one more", 1, Duration.ofMinutes(1))))
                .isFalse();
        clock.pass(Duration.ofMinutes(1));
        assertThat(Futures.get(counts.take("one more", 1, Duration.ofMinutes(1))))
                .isTrue();
    }

    @Test
    void forgetsWhatWasTakenLongestAgo() throws Exception {
        FleetCounter counts = counts();
        for (int each = 0; each < 10_001; each++) {
            Futures.get(counts.takeSince("name" + each, 1, Duration.ofMinutes(1), Duration.ofMinutes(1)));
        }

        assertThat(Futures.get(counts.taken("name0"))).isZero();
        assertThat(Futures.get(counts.taken("name1"))).isEqualTo(1);
    }

    @Test
    void holdsForAFleetOfOne() {
        assertThat(counts().shared()).isTrue();
    }
}
