package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.client.LogCapture;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthLogTest {
    private static final long QUIET = Duration.ofMillis(1_500).toNanos();
    private static final long START = -5;

    private final LogCapture log = LogCapture.atItsLevel("io.weir.redis");
    private final HealthLog health = new HealthLog();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void saysNothingWhereAnotherOneTells() {
        HealthLog silent = new HealthLog(true);

        silent.fault(new RedisException(RedisFault.UNREACHABLE, "gone"), true, START);
        assertThat(silent.current()).isPresent();
        silent.success(START + 2 * QUIET);

        assertThat(silent.current()).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void tellsTheFirstFaultOnlyWithAHint() {
        away(RedisFault.TIMEOUT, START);
        away(RedisFault.TIMEOUT, START + 1);
        away(RedisFault.TIMEOUT, START + 5 * QUIET);

        assertThat(log.lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("WARN Redis is unavailable")
                        .contains("TIMEOUT", RedisFault.TIMEOUT.hint()));
        assertThat(health.current().map(RedisException::fault)).contains(RedisFault.TIMEOUT);
    }

    @Test
    void tellsAnotherFaultButNotEachOfTwoThatAlternate() {
        away(RedisFault.TIMEOUT, START);
        away(RedisFault.UNREACHABLE, START + 1);
        away(RedisFault.TIMEOUT, START + 2);
        assertThat(log.lines()).hasSize(1);

        away(RedisFault.UNREACHABLE, START + QUIET);
        away(RedisFault.UNREACHABLE, START + 3 * QUIET);

        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void tellsThatAllOfRedisIsAwayAfterACommandFailed() {
        health.fault(InFlight.timeout(), false, START);
        away(RedisFault.TIMEOUT, START + 1);
        health.success(START + QUIET + 1);

        assertThat(log.lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("WARN Redis command failed"),
                        line -> assertThat(line).startsWith("WARN Redis is unavailable"),
                        line -> assertThat(line).startsWith("INFO Redis is available again"));
    }

    @Test
    void isAvailableAgainAfterAQuietTimeOnly() {
        away(RedisFault.TIMEOUT, START);

        health.success(START + 1);
        assertThat(health.current()).isPresent();
        health.success(START + QUIET);
        health.success(START + QUIET + 1);

        assertThat(health.current()).isEmpty();
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void tellsForAMinuteOfARowThatCannotBeRead() {
        health.fault(RedisException.otherVersion("a row weir:p:"), false, START);

        health.success(START + QUIET);
        assertThat(health.current().map(RedisException::fault)).contains(RedisFault.OTHER_VERSION);
        health.success(START + Duration.ofMinutes(1).toNanos());

        assertThat(health.current()).isEmpty();
        assertThat(log.lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("WARN Redis command failed")
                                .contains("this version of Weir cannot read a row weir:p:"),
                        line -> assertThat(line).startsWith("INFO Redis commands succeed again"));
    }

    @Test
    void saysNothingOfARedisThatWasNeverAway() {
        health.success(START);

        assertThat(log.lines()).isEmpty();
    }

    private void away(RedisFault fault, long nanos) {
        health.fault(new RedisException(fault, "test"), true, nanos);
    }
}
