package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryCallCountsTest extends CallCountsContract {
    private final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");

    @Override
    protected CallCounts counts() {
        return new MemoryCallCounts(clock);
    }

    @Override
    protected void pass(Duration time) {
        clock.pass(time);
    }

    @Test
    void isBoundedAndMakesRoomForNewNames() throws Exception {
        CallCounts counts = counts();
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
    void holdsForAFleetOfOne() {
        assertThat(counts().shared()).isTrue();
    }
}
