package io.weir.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.client.LogCapture;
import io.weir.client.ManualClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Without Redis. */
class ClockCheckTest {
    private final LogCapture log = LogCapture.atItsLevel("io.weir.health.ClockCheck");
    private final ManualClock machine = new ManualClock("2026-11-20T10:00:00Z");
    private final AtomicLong nanos = new AtomicLong(-1_000_000_000L);
    private final ClockCheck check = new ClockCheck(Optional.empty(), machine, nanos::get);

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void saysNothingOfAClockThatGoes() {
        for (int i = 0; i < 100; i++) {
            machine.pass(Duration.ofSeconds(29));
            nanos.addAndGet(Duration.ofSeconds(28).toNanos());
            check.look();
        }

        assertThat(log.lines()).isEmpty();
    }

    @Test
    void warnsOnceOfAJumpInEitherDirection() {
        machine.pass(Duration.ofMinutes(9));
        check.look();
        check.look();
        machine.pass(Duration.ofSeconds(-31));
        check.look();
        check.look();

        assertThat(log.lines()).hasSize(2).allMatch(line -> line.startsWith("WARN machine's clock has jumped"));
        assertThat(log.lines().get(0)).contains("millis=\"540000\"");
        assertThat(log.lines().get(1)).contains("millis=\"-31000\"");
    }

    @Test
    void tellsWhereTheTimeIsFrom() {
        assertThat(check.json().toString()).isEqualTo("{\"source\":\"machine\"}");
        assertThat(check.isWrong()).isFalse();
    }
}
