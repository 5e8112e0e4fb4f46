package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void growsUpToTheLongest() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), () -> 1.0);

        assertThat(next(backoff)).isEqualTo(100);
        assertThat(next(backoff)).isEqualTo(200);
        assertThat(next(backoff)).isEqualTo(400);
        for (int each = 0; each < 100; each++) {
            assertThat(next(backoff)).isLessThanOrEqualTo(2_000);
        }
        assertThat(next(backoff)).isEqualTo(2_000);
        backoff.reset();
        assertThat(next(backoff)).isEqualTo(100);
    }

    @Test
    void isHalvedAtMostByJitter() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), () -> 0.0);

        assertThat(next(backoff)).isEqualTo(50);
        assertThat(next(backoff)).isEqualTo(100);
    }

    private static long next(Backoff backoff) {
        return backoff.next().toMillis();
    }
}
