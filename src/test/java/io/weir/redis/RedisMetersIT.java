package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisMetersIT {
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Vertx vertx = Vertx.vertx();
    private final RedisServer redis = RedisServer.start();
    private final RedisLink link = RedisLink.open(vertx, redis.config(), RedisLimits.DEFAULT, new RedisMeters(metrics));

    @AfterEach
    void close() {
        link.close();
        redis.close();
        Await.result(vertx.close());
    }

    @Test
    void tellHowLongCommandsTook() {
        Await.result(link.send("SET", "k", "v"));
        redis.pause();
        Future<RedisAnswer> slow = link.send(Duration.ofSeconds(5), "GET", "k");
        long since = System.nanoTime();
        Await.until(
                "a while",
                () -> System.nanoTime() - since > Duration.ofMillis(150).toNanos());
        redis.resume();
        Await.result(slow);

        assertThat(metrics.scrape())
                .containsPattern("weir_redis_command_seconds_bucket\\{le=\"\\+Inf\"} 2\\D")
                .containsPattern("weir_redis_command_seconds_bucket\\{le=\"0\\.1\"} 1\\D")
                .contains("weir_redis_errors_total{fault=\"TIMEOUT\"} 0.0");
    }

    @Test
    void tellWhatRedisDidNotCarryOut() {
        Await.result(link.send("SET", "k", "v"));
        link.send("LPUSH", "k", "v");
        Await.until("refused", () -> count("WRONG_TYPE") == 1);

        redis.pause();
        link.send(Duration.ofMillis(50), "GET", "k");
        Await.until("late", () -> count("TIMEOUT") == 1);
        redis.resume();

        redis.close();
        Await.until("away", () -> {
            link.send("GET", "k");
            return count("UNREACHABLE") > 0;
        });
    }

    private double count(String fault) {
        return metrics.counter("weir.redis.errors", "fault", fault).count();
    }
}
