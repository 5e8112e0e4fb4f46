package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.client.ManualClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time by a real Redis, which has the true one, beside a machine's clock that has not. */
@ExtendWith(VertxExtension.class)
class RedisClockIT {
    private final RedisServer redis = RedisServer.start();

    @SuppressWarnings("NullAway.Init") // set before each test
    private RedisLink link;

    @BeforeEach
    void connect(Vertx vertx) {
        link = RedisLink.open(vertx, redis.config(), RedisLimits.DEFAULT);
        Await.result(link.attempted());
    }

    @AfterEach
    void stop() {
        link.close();
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {-9, 9})
    void tellsTheTrueTimeWhateverTheMachinesClockSays(long minutesOff) {
        RedisClock clock = clock(wrongBy(Duration.ofMinutes(minutesOff)));

        Await.result(clock.ask());

        assertTrue(clock.instant());
        assertThat(clock.machineAhead().orElseThrow()).isCloseTo(Duration.ofMinutes(minutesOff), Duration.ofSeconds(2));
    }

    @Test
    void tellsTheMachinesTimeUntilRedisHasToldIts() {
        ManualClock machine = new ManualClock("2026-01-01T00:00:00Z");

        RedisClock clock = clock(machine);

        assertThat(clock.instant()).isEqualTo(machine.instant());
        assertThat(clock.machineAhead()).isEmpty();
    }

    @Test
    void goesOnWhileRedisIsAwayAndTheMachinesClockJumps() {
        ManualClock machine = wrongBy(Duration.ZERO);
        RedisClock clock = clock(machine);
        Await.result(clock.ask());

        redis.kill();
        machine.pass(Duration.ofDays(1));

        Await.until("the link has noticed", () -> !link.state().up());
        assertThatThrownBy(() -> Await.result(clock.ask())).isInstanceOf(RedisException.class);
        assertTrue(clock.instant());
    }

    @Test
    void followsWhatPassesBetweenTwoAnswers() {
        long[] passed = {0};
        RedisClock clock = new RedisClock(link, Clock.systemUTC(), () -> Long.MAX_VALUE - 5 + passed[0]);
        Await.result(clock.ask());
        Instant before = clock.instant();

        passed[0] = Duration.ofHours(1).toNanos();

        assertThat(Duration.between(before, clock.instant())).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void tellsTheSameTimeInAnotherZone() {
        RedisClock clock = clock(wrongBy(Duration.ofMinutes(9)));
        Await.result(clock.ask());

        Clock shanghai = clock.withZone(ZoneId.of("Asia/Shanghai"));

        assertThat(shanghai.getZone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
        assertTrue(shanghai.instant());
    }

    private RedisClock clock(Clock machine) {
        return new RedisClock(link, machine, System::nanoTime);
    }

    private static ManualClock wrongBy(Duration off) {
        return new ManualClock(Instant.now().plus(off).toString());
    }

    private static void assertTrue(Instant told) {
        assertThat(told).isCloseTo(Instant.now(), within(2, ChronoUnit.SECONDS));
    }
}
