package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.weir.health.ClockCheck;
import io.weir.health.ClockCheck.ClockVerticle;
import io.weir.health.Health.Dependencies;
import io.weir.health.HealthProblems;
import io.weir.redis.Await;
import io.weir.redis.RedisClock;
import io.weir.redis.RedisException;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.redis.TellingRedis;
import io.weir.replies.Replies;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a gateway says of its Redis and of the clocks when they change under it. */
class ClockFailoverIT {
    private static final Duration FOLLOWED = Duration.ofSeconds(2);

    private final Vertx vertx = Vertx.vertx();
    private final TellingRedis redis = new TellingRedis();
    private final RedisLink link = RedisLink.open(vertx, redis.config(), RedisLimits.DEFAULT);
    private final RedisClock clock = new RedisClock(link, Clock.systemUTC(), System::nanoTime);
    private final ClockCheck check = new ClockCheck(Optional.of(clock), Clock.systemUTC(), System::nanoTime);
    private final Dependencies dependencies = new Dependencies(
            Optional.of(link), () -> 0, List::of, List::of, List::of, Optional::empty, Optional::empty, check);
    private final HealthProblems problems =
            new HealthProblems(Optional.empty(), new Replies(Map.of()), dependencies, Instant.EPOCH);

    @AfterEach
    void stop() throws IOException {
        link.close();
        redis.close();
        Await.result(vertx.close());
    }

    @Test
    void theClockOfANewMasterIsFollowedWithinTwoSecondsAndNamed() {
        deploy();
        assertThat(problems.isNone()).isTrue();

        redis.failOver(Duration.ofMinutes(15));

        Await.until(
                "followed",
                FOLLOWED,
                () -> clock.machineAhead()
                        .filter(ahead -> ahead.abs().toMinutes() >= 14)
                        .isPresent());
        assertThat(clock.instant())
                .isCloseTo(Instant.now().plus(Duration.ofMinutes(15)), within(3, ChronoUnit.SECONDS));
        Await.until("degraded", () -> check.isWrong());
        assertThat(problems.isNone()).isFalse();
        assertThat(check.json().path("fault").asText()).isEqualTo("CLOCKS_DIFFER");
        assertThat(check.json().path("problem").asText()).contains("behind Redis's");
        assertThat(check.json().path("hint").asText()).contains("compare both", "date -u", "redis-cli TIME");
    }

    @Test
    void aFaultThatAStoreHasFoundIsNamed() {
        deploy();

        link.report(RedisException.otherVersion("a row weir:p:"));

        assertThat(problems.isNone()).isFalse();
        ObjectNode told = dependencies.redisJson().orElseThrow();
        assertThat(told.path("up").asBoolean()).isTrue();
        assertThat(told.path("fault").asText()).isEqualTo("OTHER_VERSION");
        assertThat(told.path("error").asText()).isEqualTo("this version of Weir cannot read a row weir:p:");
        assertThat(told.path("hint").asText()).contains("one version");
    }

    private void deploy() {
        Await.result(vertx.deployVerticle(new ClockVerticle(Optional.of(clock), link.attempted(), check)));
        Await.until("told", () -> clock.machineAhead().isPresent());
    }
}
