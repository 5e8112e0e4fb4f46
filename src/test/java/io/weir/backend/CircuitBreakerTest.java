package io.weir.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.backend.CircuitBreaker.Admission;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    /** The longest pauses. */
    private final CircuitBreaker breaker = new CircuitBreaker(() -> 1);

    private long now = 5;

    @Test
    void opensAfterTenFailuresInARow() {
        fail(9);
        assertThat(admit()).isEqualTo(Admission.YES);

        fail(1);

        assertThat(admit()).isEqualTo(Admission.NO);
    }

    @Test
    void staysClosedWhileSomeSucceed() {
        for (int i = 0; i < 10; i++) {
            fail(9);
            breaker.succeeded(admit());
        }

        assertThat(admit()).isEqualTo(Admission.YES);
    }

    @Test
    void letsOneProbeThroughWhenThePauseIsOver() {
        fail(10);

        pass(Duration.ofMillis(999));
        assertThat(admit()).isEqualTo(Admission.NO);
        pass(Duration.ofMillis(1));

        assertThat(admit()).isEqualTo(Admission.PROBE);
        assertThat(admit()).isEqualTo(Admission.NO);
    }

    @Test
    void closesWhenTheProbeSucceeds() {
        fail(10);
        pass(Duration.ofSeconds(1));

        breaker.succeeded(admit());

        fail(9);
        assertThat(admit()).isEqualTo(Admission.YES);
    }

    @Test
    void pausesLongerEachTimeThatTheProbeFails() {
        fail(10);
        for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
            pass(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(admit()).isEqualTo(Admission.NO);
            pass(Duration.ofNanos(1));
            breaker.failed(admit(), now);
        }
    }

    @Test
    void learnsNothingFromWhatWasUnderWayWhenItOpened() {
        Admission before = admit();
        fail(10);

        breaker.succeeded(before);
        assertThat(admit()).isEqualTo(Admission.NO);
        pass(Duration.ofSeconds(1));
        Admission probe = admit();
        breaker.failed(before, now);
        breaker.succeeded(probe);

        assertThat(admit()).isEqualTo(Admission.YES);
    }

    private Admission admit() {
        return breaker.admit(now);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(admit(), now);
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
