package io.weir.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.fleet.Fleet.Members;
import io.weir.http.api.ApiProblem;
import io.weir.redis.Await;
import io.weir.redis.RedisCluster;
import io.weir.redis.RedisConfig;
import io.weir.redis.RedisServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances that share a real Redis. */
@ExtendWith(VertxExtension.class)
class FleetMembersIT {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final ObjectNode QUESTION =
            JsonNodeFactory.instance.objectNode().put("id", 7);

    private final RedisServer redis = RedisServer.start();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final AtomicReference<String> state = new AtomicReference<>("starting");

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void instancesSeeEachOtherWithStateAndCounts(Vertx vertx) {
        metrics.counter("weir.pushes", "outcome", "reply").increment(5);
        metrics.counter("weir.pushes", "outcome", "late").increment(2);
        metrics.counter("weir.late.replies", "outcome", "lost").increment();
        Fleet one = join(vertx, "one-1");
        join(vertx, "two-2");

        Members seen = await(one, "one-1", "two-2");

        JsonNode other = seen.instances().get(1);
        assertThat(seen.complete()).isTrue();
        assertThat(seen.instances().get(0).path("self").asBoolean()).isTrue();
        assertThat(other.path("self").asBoolean()).isFalse();
        assertThat(other.path("readable").asBoolean()).isTrue();
        assertThat(other.path("version").asText()).isEqualTo("1.2.3");
        assertThat(other.path("admin").asText()).isEqualTo("127.0.0.1:8081");
        assertThat(other.path("pushes").asLong()).isEqualTo(7);
        assertThat(other.path("late").asLong()).isEqualTo(2);
        assertThat(other.path("lost").asLong()).isEqualTo(1);
    }

    @Test
    void anotherStateIsToldAtOnce(Vertx vertx) {
        Fleet one = join(vertx, "one-1");
        join(vertx, "two-2");
        await(one, "one-1", "two-2");

        state.set("draining");

        Await.until(
                "draining",
                () -> members(one).instances().get(1).path("state").asText().equals("draining"));
    }

    @Test
    void whoLeavesInOrderIsGoneAtOnce(Vertx vertx) {
        Fleet one = join(vertx, "one-1");
        Fleet two = join(vertx, "two-2");
        await(one, "one-1", "two-2");

        Await.result(two.leave());

        assertThat(names(members(one))).containsExactly("one-1");
        assertThat(redis.command("EXISTS", "weir:fleet:two-2")).isEqualTo(":0\r\n");
        assertThat(redis.command("SISMEMBER", "weir:fleet", "two-2")).isEqualTo(":0\r\n");
    }

    @Test
    void whoIsKilledIsForgottenWithItsHeartbeat(Vertx vertx) {
        Fleet one = join(vertx, "one-1");
        redis.command("SADD", "weir:fleet", "dead-9");
        redis.command("SET", "weir:fleet:dead-9", "{\"v\":1}", "PX", "300");
        await(one, "dead-9", "one-1");

        await(one, "one-1");

        redis.await(":0", "SISMEMBER", "weir:fleet", "dead-9");
    }

    @Test
    void everyKeyHasATimeToLive(Vertx vertx) {
        await(join(vertx, "one-1"), "one-1");

        redis.await(":1", "EXISTS", "weir:fleet:one-1");
        assertThat(millis("weir:fleet:one-1")).isBetween(1L, 15_000L);
        Await.until("names that live", () -> millis("weir:fleet") > 0);
    }

    @Test
    void whatAnotherReleaseTellsIsShownAsFarAsItIsReadable(Vertx vertx) {
        Fleet one = join(vertx, "one-1");
        redis.command("SADD", "weir:fleet", "new-2", "odd-3");
        redis.command(
                "SET",
                "weir:fleet:new-2",
                "{\"v\":2,\"version\":\"9.0.0\",\"state\":\"dozing\",\"pushes\":\"many\",\"x\":[1]}");
        redis.command("SET", "weir:fleet:odd-3", "not JSON");

        List<ObjectNode> seen = await(one, "new-2", "odd-3", "one-1").instances();

        assertThat(seen.get(0).toString())
                .isEqualTo(
                        "{\"name\":\"new-2\",\"version\":\"9.0.0\",\"state\":\"dozing\",\"readable\":false,\"self\":false}");
        assertThat(seen.get(1).toString()).isEqualTo("{\"name\":\"odd-3\",\"readable\":false,\"self\":false}");
    }

    @Test
    void oneIsAskedByAnother(Vertx vertx) {
        Fleet one = join(vertx, "one-1");
        Fleet two = join(vertx, "two-2");
        two.answer(
                "double",
                question -> Future.succeededFuture(JsonNodeFactory.instance
                        .objectNode()
                        .put("id", 2 * question.path("id").asInt())));
        two.answer("refuse", question -> Future.failedFuture(ApiProblem.of(410, "Gone", "It was there once.")));
        await(one, "one-1", "two-2");

        assertThat(asked(one, "two-2", "double").path("id").asInt()).isEqualTo(14);
        assertThatThrownBy(() -> asked(one, "two-2", "refuse")).hasMessageContaining("It was there once.");
        assertThatThrownBy(() -> asked(one, "two-2", "sing")).hasMessageContaining("does not know the question");
    }

    @Test
    void whoIsGoneOrSilentIsSaidToBe(Vertx vertx) {
        Fleet one = join(vertx, "one-1");
        redis.command("SET", "weir:fleet:dead-9", "{}");

        assertThatThrownBy(() -> asked(one, "never-3", "double")).hasMessageContaining("no instance never-3 any more");
        assertThatThrownBy(() -> asked(one, "a b\n", "double")).hasMessageContaining("no instance of that name");
        assertThatThrownBy(() -> Await.result(one.ask("dead-9", "double", QUESTION, Duration.ofMillis(100))))
                .hasMessageContaining("dead-9 has not answered");
    }

    @Test
    void whatIsTooLargeIsNotSent(Vertx vertx) {
        Fleet one = join(vertx, "one-1");
        Fleet two = join(vertx, "two-2");
        two.answer(
                "much",
                question -> Future.succeededFuture(
                        JsonNodeFactory.instance.objectNode().put("much", "x".repeat(600_000))));
        await(one, "one-1", "two-2");

        assertThatThrownBy(() -> asked(one, "two-2", "much")).hasMessageContaining("too large for Redis");
    }

    @Test
    void aRedisClusterDoesAsWell(Vertx vertx) {
        try (RedisCluster cluster = RedisCluster.start()) {
            Fleet one = start(vertx, "one-1", cluster.config());
            Fleet two = start(vertx, "two-2", cluster.config());
            two.answer("same", question -> Future.succeededFuture((ObjectNode) question));

            await(one, "one-1", "two-2");

            assertThat(asked(one, "two-2", "same")).isEqualTo(QUESTION);
            Await.result(two.leave());
            assertThat(names(members(one))).containsExactly("one-1");
        }
    }

    @Test
    void withoutRedisThereIsThisInstanceAlone(Vertx vertx) {
        Fleet alone =
                new Fleet(TestInstances.heartbeat("one-1", state::get, metrics), Optional.empty(), Clock.systemUTC());
        Await.result(vertx.deployVerticle(alone));

        Members seen = members(alone);

        assertThat(seen.complete()).isTrue();
        assertThat(names(seen)).containsExactly("one-1");
        assertThatThrownBy(() -> asked(alone, "two-2", "double")).hasMessageContaining("no instance two-2 any more");
        Await.result(alone.leave());
    }

    @Test
    void whileRedisIsAwayThisInstanceIsKnown(Vertx vertx) {
        Fleet one = join(vertx, "one-1");
        join(vertx, "two-2");
        await(one, "one-1", "two-2");

        redis.kill();

        Members seen = members(one);
        assertThat(seen.complete()).isFalse();
        assertThat(names(seen)).containsExactly("one-1");
        assertThatThrownBy(() -> asked(one, "two-2", "double"))
                .hasMessageContaining("over Redis, which is unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-sadd", "resetchannels"})
    void whereRedisDoesNotAllowItNothingIsTriedForAWhile(String right, Vertx vertx) {
        redis.command("ACL", "SETUSER", "default", right);
        Fleet one = start(vertx, "one-1");

        Await.until("a refusal", () -> one.redis().isEmpty());

        assertThat(members(one).complete()).isFalse();
    }

    private Fleet join(Vertx vertx, String name) {
        Fleet fleet = start(vertx, name);
        redis.await(":1", "EXISTS", "weir:fleet:" + name);
        return fleet;
    }

    private Fleet start(Vertx vertx, String name) {
        return start(vertx, name, redis.config());
    }

    private Fleet start(Vertx vertx, String name, RedisConfig config) {
        Fleet fleet =
                new Fleet(TestInstances.heartbeat(name, state::get, metrics), Optional.of(config), Clock.systemUTC());
        Await.result(vertx.deployVerticle(fleet));
        return fleet;
    }

    private static Members await(Fleet fleet, String... names) {
        Await.until(String.join(", ", names), () -> names(members(fleet)).equals(List.of(names)));
        return members(fleet);
    }

    private static Members members(Fleet fleet) {
        return Await.result(fleet.members());
    }

    private static List<String> names(Members members) {
        return members.instances().stream()
                .map(each -> each.path("name").asText())
                .toList();
    }

    private static JsonNode asked(Fleet fleet, String instance, String what) {
        return Await.result(fleet.ask(instance, what, QUESTION, LIMIT));
    }

    private long millis(String key) {
        return Long.parseLong(redis.command("PTTL", key).substring(1).strip());
    }
}
