package io.weir.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = Backoff.doubling(Duration.ofMillis(100), Duration.ofSeconds(2));

    @Test
    void growsUpToTheLongest() {
        assertThat(millis(1, 1)).isEqualTo(100);
        assertThat(millis(2, 1)).isEqualTo(200);
        assertThat(millis(3, 1)).isEqualTo(400);
        for (int attempts = 4; attempts < 100; attempts++) {
            assertThat(millis(attempts, 1)).isLessThanOrEqualTo(2_000);
        }
        assertThat(millis(1_000_000, 1)).isEqualTo(2_000);
    }

    @Test
    void isHalvedAtMostByJitter() {
        assertThat(millis(1, 0)).isEqualTo(50);
        assertThat(millis(2, 0)).isEqualTo(100);
    }

    @Test
    void growsByAnotherFactor() {
        Backoff threefold = new Backoff(Duration.ofMillis(200), Duration.ofMinutes(1), 3);

        assertThat(threefold.after(1, 0)).isEqualTo(Duration.ofMillis(100));
        assertThat(threefold.after(1, 1)).isEqualTo(Duration.ofMillis(200));
        assertThat(threefold.after(2, 0)).isEqualTo(Duration.ofMillis(300));
        assertThat(threefold.after(2, 1)).isEqualTo(Duration.ofMillis(600));
    }

    private long millis(int attempts, double random) {
        return backoff.after(attempts, random).toMillis();
    }
}
