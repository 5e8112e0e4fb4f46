package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.weir.cli.ExitCode;
import io.weir.redis.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code weir doctor} says about real Redis processes. */
class DoctorRedisIT {
    private static final String PASSWORD = "redisPasswordRed4";

    @RegisterExtension
    final SimulatedShop shop = new SimulatedShop();

    @Test
    void aMasterThatKeepsAllIsWell() {
        try (RedisServer redis = RedisServer.start()) {
            CommandRun doctor = doctor(redis.uri().toString());

            assertThat(doctor.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(doctor.out())
                    .containsPattern(
                            "ok +redis +master 7.0.15 at 127.0.0.1:\\d+ takes writes and scripts, and answers in"
                                    + " \\d+\\.\\d ms")
                    .containsPattern("ok +redis +it keeps all it is given \\(no maxmemory, policy noeviction\\)");
        }
    }

    @Test
    void aPolicyThatThrowsKeysAwayIsAWarningAndAFailureOnceItHasDoneSo() {
        try (RedisServer redis = RedisServer.start("--maxmemory", "4mb", "--maxmemory-policy", "volatile-lru")) {
            CommandRun before = doctor(redis.uri().toString());
            fill(redis);
            CommandRun after = doctor(redis.uri().toString());

            assertThat(before.out())
                    .containsPattern("warn +redis +it throws keys away when its memory is full \\(.*volatile-lru\\)")
                    .contains("expected  maxmemory-policy noeviction");
            assertThat(before.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(after.out()).containsPattern("fail +redis +it has thrown \\d+ keys away already");
            assertThat(after.exitCode()).isEqualTo(ExitCode.FAILED);
        }
    }

    @Test
    void aPausedRedisIsTold() {
        try (RedisServer redis = RedisServer.start()) {
            redis.pause();

            CommandRun doctor = doctor(redis.uri().toString());

            assertThat(doctor.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(doctor.out())
                    .containsPattern("fail +redis +127.0.0.1:\\d+ takes connections and does not answer \\(TIMEOUT\\)")
                    .contains("do        Redis is stopped, overloaded or behind a slow network");
            assertThat(doctor.err()).isEmpty();
        }
    }

    @Test
    void aRedisThatIsNotThereIsTold() {
        CommandRun doctor = doctor("redis://127.0.0.1:" + SimulatedShop.freePort());

        assertThat(doctor.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(doctor.out()).containsPattern("fail +redis +nothing answers at 127.0.0.1:\\d+ \\(UNREACHABLE\\)");
    }

    @Test
    void aReplicaIsTold() {
        try (RedisServer master = RedisServer.start();
                RedisServer replica = RedisServer.replicaOf(master)) {
            CommandRun doctor = doctor(replica.uri().toString());

            assertThat(doctor.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(doctor.out()).containsPattern("fail +redis +127.0.0.1:\\d+ is a replica and takes no writes");
        }
    }

    @Test
    void aNodeOfAClusterIsTold() {
        try (RedisServer node = RedisServer.clusterNode(0, 16_383)) {
            CommandRun doctor = doctor(node.uri().toString());

            assertThat(doctor.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(doctor.out())
                    .containsPattern(
                            "fail +redis +127.0.0.1:\\d+: this Redis is a node of a Redis Cluster \\(CLUSTER\\)")
                    .contains("Name the nodes of a Redis Cluster in redis.nodes");
        }
    }

    @Test
    void aWrongPasswordIsToldAndNotShown() {
        try (RedisServer redis = RedisServer.start("--requirepass", "another")) {
            String uri = "redis://:" + PASSWORD + "@127.0.0.1:" + redis.port();

            CommandRun doctor = doctor(uri);
            JsonObject told =
                    CommandRun.of("doctor", "--conf", file(uri), "--json").json();

            assertThat(doctor.out())
                    .containsPattern("fail +redis +127.0.0.1:\\d+ refuses user and password")
                    .doesNotContain(PASSWORD);
            assertThat(told.encode()).doesNotContain(PASSWORD);
            JsonArray checks = told.getJsonArray("checks");
            assertThat(checks.stream()
                            .map(JsonObject.class::cast)
                            .filter(each -> each.getString("check").equals("redis")))
                    .singleElement()
                    .satisfies(redisLine ->
                            assertThat(redisLine.getString("fault")).isEqualTo("NOT_ALLOWED"));
        }
    }

    private CommandRun doctor(String redisUri) {
        return CommandRun.of("doctor", "--conf", file(redisUri));
    }

    private String file(String redisUri) {
        return shop.file(shop.configuration() + "redis: { uri: \"" + redisUri + "\" }\n");
    }

    /** More than its memory holds, of keys that end. */
    private static void fill(RedisServer redis) {
        redis.command(
                "EVAL",
                "for i = 1, 400 do redis.call('SET', 'filler' .. i, string.rep('x', 20000), 'EX', 600) end return 1",
                "0");
    }
}
