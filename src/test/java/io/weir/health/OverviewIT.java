package io.weir.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import io.weir.client.Json;
import io.weir.client.ManualClock;
import io.weir.fleet.Fleet;
import io.weir.fleet.TestInstances;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRequest;
import io.weir.receiver.Accounts;
import io.weir.redis.Await;
import io.weir.redis.RedisCluster;
import io.weir.redis.RedisConfig;
import io.weir.redis.RedisMeters;
import io.weir.redis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Instances that share a real Redis. */
@ExtendWith(VertxExtension.class)
class OverviewIT {
    private final RedisServer redis = RedisServer.start();
    private final ManualClock clock = new ManualClock("2026-11-20T07:00:00.030Z");
    private Vertx vertx;

    @BeforeEach
    void use(Vertx made) {
        vertx = made;
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    /** An instance whose time passes when the test says so. */
    private final class Instance {
        final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        final ArrayNode problems = JsonNodeFactory.instance.arrayNode();
        final Fleet fleet;
        final Overview overview;

        Instance(String name, Optional<RedisConfig> config) {
            fleet = new Fleet(TestInstances.heartbeat(name, () -> "ready", metrics), config, clock);
            OverviewCounts counts = new OverviewCounts(
                    metrics, new Accounts(List.of(), metrics), new RedisMeters(metrics), Optional.empty());
            overview = new Overview(fleet, () -> problems, counts, clock);
            Await.result(vertx.deployVerticle(fleet));
            Await.result(vertx.deployVerticle(overview));
        }

        void pushes(String account, int count) {
            metrics.counter("weir.pushes", "account", account, "outcome", "reply", "type", "text")
                    .increment(count);
        }

        void failures(long count) {
            Gauge.builder("weir.alarm.failures", () -> count)
                    .tag("account", "main")
                    .tag("kind", "request_timeout")
                    .register(metrics);
        }

        JsonNode ask(String... parameters) {
            MultiMap query = MultiMap.caseInsensitiveMultiMap();
            IntStream.range(0, parameters.length / 2)
                    .forEach(each -> query.add(parameters[2 * each], parameters[2 * each + 1]));
            ApiRequest request = new ApiRequest(
                    Map.of(),
                    query,
                    MultiMap.caseInsensitiveMultiMap(),
                    Buffer.buffer(),
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    "127.0.0.1");
            return Json.read(Await.result(overview.routes().get(0).effect().answer(request))
                            .body())
                    .orElseThrow();
        }

        void look() {
            Await.result(overview.look());
        }
    }

    private Instance join(String name) {
        Instance instance = new Instance(name, Optional.of(redis.config()));
        redis.await(":1", "EXISTS", "weir:fleet:" + name);
        return instance;
    }

    /** Both look at the next edge, and that is some seconds ago. */
    private void pass(Instance... instances) {
        clock.pass(Duration.ofSeconds(10));
        List.of(instances).forEach(Instance::look);
    }

    private static long last(JsonNode json) {
        long sum = 0;
        for (JsonNode each : json.at("/series/pushes/reply")) {
            sum += each.asLong();
        }
        return sum;
    }

    @Test
    void anyInstanceTellsTheCountsOfAllByAccountAndInstance() {
        Instance one = join("one-1");
        Instance two = join("two-2");
        one.pushes("main", 3);
        two.pushes("main", 4);
        two.pushes("club", 10);
        pass(one, two);
        clock.pass(Duration.ofSeconds(3));

        JsonNode all = one.ask();

        assertThat(all.path("complete").asBoolean()).isTrue();
        assertThat(all.path("shared").asBoolean()).isTrue();
        assertThat(all.path("instances").toString()).isEqualTo("[\"one-1\",\"two-2\"]");
        assertThat(all.path("accounts").toString()).isEqualTo("[\"club\",\"main\"]");
        assertThat(last(all)).isEqualTo(17);
        assertThat(last(one.ask("account", "main"))).isEqualTo(7);
        assertThat(last(one.ask("account", "main", "instance", "two-2"))).isEqualTo(4);
        assertThat(last(two.ask("instance", "one-1"))).isEqualTo(3);
        assertThat(last(one.ask("account", "nobody"))).isZero();
        assertThat(two.ask("account", "main").path("series"))
                .isEqualTo(one.ask("account", "main").path("series"));
    }

    @Test
    void anInstanceThatHasStoppedIsStillCounted() {
        Instance one = join("one-1");
        Instance two = join("two-2");
        two.pushes("main", 4);
        pass(one, two);
        Await.result(two.fleet.leave());
        redis.command("DEL", "weir:overview:two-2:now");
        clock.pass(Duration.ofSeconds(3));

        assertThat(last(one.ask())).isEqualTo(4);
        assertThat(one.ask().path("instances").toString()).contains("two-2");
    }

    @Test
    void aDayIsToldInFiveMinutes() {
        Instance one = join("one-1");
        Instance two = join("two-2");
        two.look();
        two.pushes("main", 4);
        IntStream.range(0, 30).forEach(each -> pass(two));
        clock.pass(Duration.ofSeconds(3));

        JsonNode day = one.ask("span", "day");

        assertThat(day.path("stepSeconds").asLong()).isEqualTo(300);
        assertThat(last(day)).isEqualTo(4);
    }

    @Test
    void whatIsWrongIsToldOfAllInstancesAndFailuresAreSummed() {
        Instance one = join("one-1");
        Instance two = join("two-2");
        one.failures(10);
        two.failures(8);
        List.of(one, two)
                .forEach(each -> each.problems
                        .addObject()
                        .put("code", "REPLIES_REFUSED")
                        .put("cause", "no")
                        .put("secret", "x"));
        pass(two);

        JsonNode now = one.ask("span", "now");

        assertThat(now.has("series")).isFalse();
        assertThat(now.at("/now/level").asText()).isEqualTo("bad");
        assertThat(now.at("/now/rows")).hasSize(2);
        assertThat(now.at("/now/rows/0/code").asText()).isEqualTo("REPLIES_REFUSED");
        assertThat(now.at("/now/rows/0/instances").toString()).isEqualTo("[\"two-2\",\"one-1\"]");
        assertThat(now.at("/now/rows/0").has("secret")).isFalse();
        assertThat(now.at("/now/rows/1/alarm").asText()).isEqualTo("请求超时");
        assertThat(now.at("/now/rows/1/failures").asLong()).isEqualTo(18);
        assertThat(now.at("/now/rows/1/level").asText()).isEqualTo("warn");
    }

    @Test
    void everyKeyIsSmallAndExpires() {
        Instance one = join("one-1");
        one.look();
        IntStream.range(0, 500).forEach(each -> pass(one));

        List.of("weir:overview", "weir:overview:one-1:hour", "weir:overview:one-1:day", "weir:overview:one-1:now")
                .forEach(key -> assertThat(number("PTTL", key)).as(key).isPositive());
        assertThat(number("XLEN", "weir:overview:one-1:hour")).isBetween(360L, 460L);
        assertThat(number("PTTL", "weir:overview:one-1:hour")).isLessThanOrEqualTo(3_600_000);
        assertThat(number("PTTL", "weir:overview")).isLessThanOrEqualTo(86_400_000);
    }

    @Test
    void whoHasToldNothingForADayIsForgotten() {
        Instance one = join("one-1");
        long now = clock.millis();
        redis.command(
                "ZADD",
                "weir:overview",
                Long.toString(now - Duration.ofHours(25).toMillis()),
                "dead-9");
        redis.command(
                "ZADD",
                "weir:overview",
                Long.toString(now - Duration.ofHours(23).toMillis()),
                "quiet-8");

        one.look();

        assertThat(number("ZCARD", "weir:overview")).isEqualTo(2);
        assertThat(number("ZRANK", "weir:overview", "quiet-8")).isZero();
    }

    @Test
    void ofMoreInstancesThanAreReadTheLatestAre() {
        Instance one = join("one-1");
        Instance two = join("a-2");
        long now = clock.millis();
        for (int gone = 0; gone < OverviewStore.MOST_INSTANCES; gone++) {
            redis.command("ZADD", "weir:overview", Long.toString(now - 60_000), "A-gone-" + gone);
        }
        two.pushes("main", 4);
        pass(one, two);

        assertThat(one.ask().at("/instances").toString()).contains("a-2");
    }

    @Test
    void withRedisAwayThisInstanceTellsItsOwnAndSaysSo() {
        Instance one = join("one-1");
        Instance two = join("two-2");
        two.pushes("main", 4);
        pass(one, two);

        redis.kill();
        one.pushes("main", 3);
        pass(one);
        clock.pass(Duration.ofSeconds(3));

        JsonNode alone = one.ask();
        assertThat(alone.path("complete").asBoolean()).isFalse();
        assertThat(last(alone)).isEqualTo(3);
    }

    @Test
    void withoutRedisThisInstanceTellsItsOwnAndSaysSo() {
        Instance alone = new Instance("one-1", Optional.empty());
        alone.pushes("main", 3);
        pass(alone);

        JsonNode json = alone.ask();

        assertThat(json.path("shared").asBoolean()).isFalse();
        assertThat(json.path("complete").asBoolean()).isFalse();
        assertThat(last(json)).isEqualTo(3);
        assertThatThrownBy(() -> alone.ask("span", "week")).isInstanceOf(ApiProblem.class);
    }

    @Test
    void aRedisClusterDoesAsWell() {
        try (RedisCluster cluster = RedisCluster.start()) {
            Instance one = new Instance("one-1", Optional.of(cluster.config()));
            Instance two = new Instance("two-2", Optional.of(cluster.config()));
            Await.until(
                    "both are there",
                    () -> Await.result(one.fleet.members()).instances().size() == 2);
            two.pushes("main", 4);
            pass(one, two);
            clock.pass(Duration.ofSeconds(3));

            assertThat(last(one.ask())).isEqualTo(4);
        }
    }

    private long number(String... command) {
        return Long.parseLong(redis.command(command).substring(1).strip());
    }
}
