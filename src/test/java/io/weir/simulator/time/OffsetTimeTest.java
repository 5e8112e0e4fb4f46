package io.weir.simulator.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OffsetTimeTest {
    private static final Instant START = Instant.parse("2026-11-20T04:00:00Z");

    private final VirtualTime base = new VirtualTime(START);
    private final OffsetTime time = new OffsetTime(base);

    @Test
    void shiftsTheClocksThatAreOutAlready() {
        Clock clock = time.clock();

        assertThat(clock.instant()).isEqualTo(START);
        time.offset(Duration.ofMinutes(-11));
        assertThat(clock.instant()).isEqualTo(START.minusSeconds(660));
        assertThat(time.offset()).isEqualTo(Duration.ofMinutes(-11));
    }

    @Test
    void doesNotShiftWhatHappensLater() {
        List<String> happened = new ArrayList<>();
        time.offset(Duration.ofHours(1));
        time.after(Duration.ofSeconds(5), () -> happened.add("it"));

        base.advance(Duration.ofMillis(4_999));
        assertThat(happened).isEmpty();
        base.advance(Duration.ofMillis(1));
        assertThat(happened).containsExactly("it");
    }
}
