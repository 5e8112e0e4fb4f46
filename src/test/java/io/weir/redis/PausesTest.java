package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PausesTest {
    @Test
    void growsUpToTheLongest() {
        Pauses pauses = new Pauses(Duration.ofMillis(100), Duration.ofSeconds(2), () -> 1.0);

        assertThat(next(pauses)).isEqualTo(100);
        assertThat(next(pauses)).isEqualTo(200);
        assertThat(next(pauses)).isEqualTo(400);
        for (int each = 0; each < 100; each++) {
            assertThat(next(pauses)).isLessThanOrEqualTo(2_000);
        }
        assertThat(next(pauses)).isEqualTo(2_000);
        pauses.reset();
        assertThat(next(pauses)).isEqualTo(100);
    }

    @Test
    void isHalvedAtMostByJitter() {
        Pauses pauses = new Pauses(Duration.ofMillis(100), Duration.ofSeconds(2), () -> 0.0);

        assertThat(next(pauses)).isEqualTo(50);
        assertThat(next(pauses)).isEqualTo(100);
    }

    private static long next(Pauses pauses) {
        return pauses.next().toMillis();
    }
}
