package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResponseTimeoutTest {
    private static final long TICK = ResponseTimeout.PERIOD.toNanos();
    private static final Duration SECOND = Duration.ofSeconds(1);

    private long now = Long.MAX_VALUE - TICK;
    private final ResponseTimeout timeout = new ResponseTimeout(SECOND, now);

    @Test
    void isSilentAfterASecondOfTicksInTimeWithoutAnAnswer() {
        asked(9);
        assertThat(timeout.isSilent()).isFalse();
        assertThat(timeout.isAnswering()).isFalse();

        asked(1);

        assertThat(timeout.isSilent()).isTrue();
    }

    @Test
    void anAnswerBeginsAnew() {
        asked(9);
        timeout.heard();
        asked(10);
        assertThat(timeout.isSilent()).isFalse();

        asked(1);

        assertThat(timeout.isSilent()).isTrue();
    }

    @Test
    void anAnswerAfterTheLastTickWins() {
        asked(10);

        timeout.heard();

        assertThat(timeout.isSilent()).isFalse();
    }

    @Test
    void nothingInFlightIsNoSilence() {
        for (int each = 0; each < 100; each++) {
            tick(TICK, false);
        }

        assertThat(timeout.isSilent()).isFalse();
        assertThat(timeout.isAnswering()).isTrue();
    }

    @Test
    void theTimeBeforeALateTickDoesNotCount() {
        asked(9);

        for (int each = 0; each < 100; each++) {
            assertThat(tick(TICK + Duration.ofMillis(51).toNanos(), true)).isFalse();
        }

        assertThat(timeout.isSilent()).isFalse();
        assertThat(timeout.counted()).isEqualTo(9 * TICK);
    }

    @Test
    void aTickMayComeALittleLate() {
        for (int each = 0; each < 7; each++) {
            assertThat(tick(TICK + Duration.ofMillis(50).toNanos(), true)).isTrue();
        }

        assertThat(timeout.isSilent()).isTrue();
    }

    @Test
    void aLimitEndsWhenSoMuchHasCountedSinceItBegan() {
        long deadline = timeout.deadline(Duration.ofMillis(200), now + TICK / 2);

        asked(2);
        assertThat(timeout.counted()).isLessThan(deadline);
        asked(1);

        assertThat(timeout.counted()).isGreaterThanOrEqualTo(deadline);
    }

    @Test
    void aLimitThatBeginsOnAStoppedLoopIsNotLongerByTheStop() {
        long deadline = timeout.deadline(
                Duration.ofMillis(200), now + Duration.ofSeconds(10).toNanos());

        tick(Duration.ofSeconds(10).toNanos(), true);
        asked(4);

        assertThat(timeout.counted()).isGreaterThanOrEqualTo(deadline);
    }

    private void asked(int ticks) {
        for (int each = 0; each < ticks; each++) {
            tick(TICK, true);
        }
    }

    private boolean tick(long after, boolean asked) {
        now += after;
        return timeout.tick(now, asked);
    }
}
