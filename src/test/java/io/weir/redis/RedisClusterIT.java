package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real Redis Cluster: who is asked, and what happens when keys move. */
class RedisClusterIT {
    private static final RedisCluster CLUSTER = RedisCluster.start();

    private final Vertx vertx = Vertx.vertx();
    private final RedisLink link = RedisLink.open(vertx, CLUSTER.config(), RedisLimits.DEFAULT);

    RedisClusterIT() {
        Await.result(link.attempted());
    }

    @AfterEach
    void close() {
        link.close();
        Await.result(vertx.close());
    }

    @AfterAll
    static void stop() {
        CLUSTER.close();
    }

    @Test
    void asksTheNodeThatHasTheKey() {
        for (RedisServer node : CLUSTER.masters()) {
            String key = keyOn(node);
            assertThat(Await.result(link.send("SET", key, "v")).text()).contains("OK");
            assertThat(node.command("GET", key)).contains("v");
        }
        assertThat(link.state().up()).isTrue();
        assertThat(link.state().fault()).isEmpty();
    }

    @Test
    void sendsCommandsThatNeedNoKeyToTheSameNodeAlways() {
        List<String> runIds = IntStream.range(0, 20)
                .mapToObj(
                        each -> Await.result(link.send("INFO", "server")).text().orElse(""))
                .map(info -> info.replaceAll("(?s).*run_id:([0-9a-f]+).*", "$1"))
                .distinct()
                .toList();

        assertThat(runIds).hasSize(1);
        assertThat(Await.result(link.sendToEach("PING"))).hasSize(3);
    }

    @Test
    void runsAScriptWhereItsKeysAre() {
        RedisScript script = RedisScript.of("return redis.call('INCRBY', KEYS[1], ARGV[1])");
        for (RedisServer node : CLUSTER.masters()) {
            String key = keyOn(node);

            assertThat(Await.result(link.run(script, List.of(key), List.of("2")))
                            .number())
                    .isEqualTo(2);
            assertThat(node.command("GET", key)).contains("2");
        }
    }

    @Test
    void needsNoMoreThanTheShippedRights() {
        CLUSTER.masters().forEach(node -> node.addUserWithTheShippedRights("weir", "hush"));
        RedisLink bounded = RedisLink.open(vertx, CLUSTER.config("weir", "hush"), RedisLimits.DEFAULT);
        Await.result(bounded.attempted());
        RedisServer from = CLUSTER.masters().get(0);
        RedisServer to = CLUSTER.masters().get(1);
        String key = keyOn(from, "weir:");
        to.command("CLUSTER", "SETSLOT", slot(key), "IMPORTING", from.id());
        from.command("CLUSTER", "SETSLOT", slot(key), "MIGRATING", to.id());

        assertThat(Await.result(bounded.send("SET", key, "v")).text()).contains("OK");

        assertThat(to.command("CLUSTER", "COUNTKEYSINSLOT", slot(key))).isEqualTo(":1\r\n");
        assertThat(CLUSTER.masters())
                .allSatisfy(node -> assertThat(node.command("ACL", "LOG")).isEqualTo("*0\r\n"));
        bounded.close();
    }

    @Test
    void followsAPartOfTheKeysThatHasMoved() {
        String key = keyOn(CLUSTER.masters().get(0));
        RedisServer target = CLUSTER.masters().get(2);
        String slot = slot(key);
        for (RedisServer node : CLUSTER.masters()) {
            node.command("CLUSTER", "SETSLOT", slot, "NODE", target.id());
        }

        assertThat(Await.result(link.send("SET", key, "v")).text()).contains("OK");

        assertThat(target.command("GET", key)).contains("v");
        assertThat(link.state().fault()).isEmpty();
        Await.until("it knows", () -> {
            long before = calls(CLUSTER.masters().get(0));
            Await.result(link.send("GET", key));
            return calls(CLUSTER.masters().get(0)) == before;
        });
    }

    @Test
    void followsAKeyThatIsOnItsWay() {
        RedisServer from = CLUSTER.masters().get(0);
        RedisServer to = CLUSTER.masters().get(1);
        String key = keyOn(from);
        to.command("CLUSTER", "SETSLOT", slot(key), "IMPORTING", from.id());
        from.command("CLUSTER", "SETSLOT", slot(key), "MIGRATING", to.id());

        assertThat(Await.result(link.send("SET", key, "v")).text()).contains("OK");

        assertThat(Await.result(link.send("GET", key)).text()).contains("v");
        assertThat(from.command("CLUSTER", "COUNTKEYSINSLOT", slot(key))).isEqualTo(":0\r\n");
        assertThat(to.command("CLUSTER", "COUNTKEYSINSLOT", slot(key))).isEqualTo(":1\r\n");
    }

    @Test
    void tellsTheAnswerOnTheContextOfTheCallerFromTheFirstCommandOn() {
        RedisLink fresh = RedisLink.open(vertx, CLUSTER.config(), RedisLimits.DEFAULT);
        for (int each = 0; each < 4; each++) {
            String key = "key" + each;
            Await.result(vertx.deployVerticle(new VerticleBase() {
                @Override
                public Future<?> start() {
                    return fresh.send("GET", key)
                            .map(answer -> assertThat(Vertx.currentContext()).isSameAs(context));
                }
            }));
        }
        fresh.close();
    }

    @Test
    void hearsOnceWhatIsPublishedAtAnyNode() {
        List<String> heard = new CopyOnWriteArrayList<>();
        AtomicInteger subscribed = new AtomicInteger();
        RedisSubscription subscription =
                RedisSubscription.open(vertx, CLUSTER.config(), "news", subscribed::incrementAndGet, heard::add);
        Await.until("subscribed", () -> subscribed.get() == 1);

        for (RedisServer node : CLUSTER.masters()) {
            node.command("PUBLISH", "weir:news", "from " + node.port());
        }
        Await.result(link.send("PUBLISH", link.key("news"), "last"));

        Await.until("heard", () -> heard.contains("last") && heard.size() == 4);
        subscription.close();
    }

    @Test
    void doesNotTakeASingleRedisForACluster() {
        try (RedisServer single = RedisServer.start()) {
            RedisLink wrong = RedisLink.open(
                    vertx,
                    RedisConfig.cluster(List.of(new RedisAddress("127.0.0.1", single.port()))),
                    RedisLimits.DEFAULT);
            Await.result(wrong.attempted());

            assertThat(wrong.state().fault()).contains(RedisFault.CLUSTER);
            assertThat(wrong.state().error()).contains("this Redis is not a node of a Redis Cluster");
            wrong.close();
        }
    }

    @Test
    void asksTheNextNodeWhenOneBelongsToNoClusterYet() {
        try (RedisServer empty = RedisServer.clusterNode()) {
            RedisAddress other = CLUSTER.config().nodes().get(0);
            RedisLink late = RedisLink.open(
                    vertx,
                    RedisConfig.cluster(List.of(new RedisAddress("127.0.0.1", empty.port()), other)),
                    RedisLimits.DEFAULT);
            Await.result(late.attempted());

            assertThat(Await.result(late.send("SET", keyOn(CLUSTER.masters().get(2)), "v"))
                            .text())
                    .contains("OK");
            late.close();
        }
    }

    @Test
    void oneCommandWithKeysOfSeveralNodesCutsOffNoOther() {
        assertThat(failed(link.send(
                        "DEL",
                        keyOn(CLUSTER.masters().get(0)),
                        keyOn(CLUSTER.masters().get(1)))))
                .isTrue();
        assertThat(link.state().up()).isTrue();
    }

    private static boolean failed(Future<?> answer) {
        return Await.result(answer.map(false).otherwise(true));
    }

    private static String keyOn(RedisServer node) {
        return keyOn(node, "");
    }

    private static String keyOn(RedisServer node, String begin) {
        return CLUSTER.newKeyOn(node, begin);
    }

    private static String slot(String key) {
        return String.valueOf(SlotMap.slot(key.getBytes(StandardCharsets.UTF_8)));
    }

    private static long calls(RedisServer node) {
        String stats = node.command("INFO", "commandstats");
        return stats.contains("cmdstat_get:")
                ? Long.parseLong(stats.replaceAll("(?s).*cmdstat_get:calls=([0-9]+).*rejected_calls=([0-9]+).*", "$1"))
                : 0;
    }
}
