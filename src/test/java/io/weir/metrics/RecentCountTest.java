package io.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentCountTest {
    private final AtomicLong nanos = new AtomicLong(-Duration.ofSeconds(7).toNanos());
    private final RecentCount count = new RecentCount(nanos::get);

    @Test
    void countsWhatHappenedWithinFiveMinutes() {
        count.add();
        pass(Duration.ofMinutes(2));
        count.add();
        count.add();

        assertThat(count.sum()).isEqualTo(3);
        pass(Duration.ofMinutes(3));
        assertThat(count.sum()).isEqualTo(2);
        pass(Duration.ofMinutes(3));
        assertThat(count.sum()).isZero();
    }

    @Test
    void forgetsAllAfterALongSilence() {
        count.add();
        pass(Duration.ofDays(1));

        assertThat(count.sum()).isZero();
        count.add();
        assertThat(count.sum()).isEqualTo(1);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
