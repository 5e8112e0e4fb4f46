package io.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final long SECOND = 1_000_000_000L;

    private final Throttle throttle = new Throttle(Duration.ofSeconds(10), 1_000);

    @Test
    void letsOneThroughPerPeriodAndSaysHowManyWereHeldBack() {
        assertThat(throttle.admit("a", 0)).hasValue(0);
        assertThat(throttle.admit("a", SECOND)).isEmpty();
        assertThat(throttle.admit("a", 9 * SECOND)).isEmpty();
        assertThat(throttle.admit("a", 10 * SECOND)).hasValue(2);
        assertThat(throttle.admit("a", 21 * SECOND)).hasValue(0);
    }

    @Test
    void tellsFaultsApart() {
        assertThat(throttle.admit("a", 0)).hasValue(0);
        assertThat(throttle.admit("b", 0)).hasValue(0);
    }

    @Test
    void staysBoundedWhenFaultsKeepBeingNew() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(throttle.admit("fault " + i, 0)).hasValue(0);
        }

        assertThat(throttle.admit("one more", 0)).isEmpty();
        assertThat(throttle.admit("fault 1", 10 * SECOND)).hasValue(0);
    }
}
