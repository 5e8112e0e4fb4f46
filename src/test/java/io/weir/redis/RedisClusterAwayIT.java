package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real Redis Cluster whose nodes are killed: only commands for their keys fail, and only until somebody has the keys again. */
class RedisClusterAwayIT {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration FAILOVER = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final RedisCluster cluster = RedisCluster.start();
    private final RedisLink link = RedisLink.open(vertx, cluster.config(), RedisLimits.DEFAULT);

    RedisClusterAwayIT() {
        Await.result(link.attempted());
    }

    @AfterEach
    void close() {
        link.close();
        cluster.close();
        Await.result(vertx.close());
    }

    @Test
    void neverWritesTheSecondOfTwoWithoutTheFirst() {
        String one = newKeyOn(cluster.masters().get(0));
        String other = newKeyOn(cluster.masters().get(1));

        RedisAnswer both = Await.result(link.sendBoth(LIMIT, List.of("SET", one, "v"), List.of("GET", other)));
        assertThat(both.items()).extracting(item -> item.text().orElse("none")).containsExactly("OK", "none");

        cluster.masters().get(0).kill();
        Await.until("away", () -> failed(link.send("GET", one)));
        assertThatThrownBy(
                        () -> Await.result(link.sendBoth(LIMIT, List.of("SET", one, "w"), List.of("SET", other, "w"))))
                .isInstanceOf(RedisException.class);
        assertThat(cluster.masters().get(1).command("EXISTS", other)).isEqualTo(":0\r\n");
    }

    @Test
    void goesOnWithTheOtherNodesWhileOneIsGone() {
        RedisServer gone = cluster.masters().get(0);
        gone.kill();
        Await.until("told", () -> !link.state().up());

        for (int round = 0; round < 20; round++) {
            assertThat(Await.result(link.send("SET", newKeyOn(cluster.masters().get(1)), "v"))
                            .text())
                    .contains("OK");
            long start = System.nanoTime();
            assertThat(failed(link.send("GET", newKeyOn(gone)))).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(300));
        }
        assertThat(link.isAway()).isFalse();
        assertThat(Await.result(link.send("TIME")).items()).hasSize(2);
        gone.restart();

        Await.until("healed", FAILOVER, () -> !failed(link.send("SET", newKeyOn(gone), "v")));
        Await.until("up", () -> link.state().up() && link.state().fault().isEmpty());
    }

    @Test
    void followsAFailover() {
        RedisServer master = cluster.masters().get(0);
        RedisServer replica = cluster.addReplicaOf(master);
        String key = newKeyOn(master);

        master.kill();

        Await.until("a write", FAILOVER, () -> !failed(link.send("SET", key, "v")));
        assertThat(replica.command("GET", key)).contains("v");
        Await.until("up", () -> link.state().up() && link.state().fault().isEmpty());
    }

    @Test
    void isAwayWhenNoNodeAnswersAndComesBack() {
        List<RedisLink> links = new ArrayList<>(List.of(link));
        cluster.masters().forEach(RedisServer::kill);
        links.add(RedisLink.open(vertx, cluster.config(), RedisLimits.DEFAULT));
        Await.result(links.get(1).attempted());

        assertThat(links.get(1).isAway()).isTrue();
        assertThat(failed(links.get(1).send("GET", "k"))).isTrue();
        assertThat(links.get(1).state().fault()).contains(RedisFault.UNREACHABLE);
        cluster.masters().forEach(RedisServer::restart);

        for (RedisLink each : links) {
            Await.until("up", FAILOVER, () -> each.state().up());
            Await.until("a write", FAILOVER, () -> !failed(each.send("SET", "k", "v")));
        }
        links.get(1).close();
    }

    @Test
    void isAwayWhileTheClusterIsDownAndComesBack() {
        RedisServer master = cluster.masters().get(0);
        String other = newKeyOn(cluster.masters().get(1));
        cluster.addReplicaOf(master);
        cluster.masters().forEach(node -> node.command("CONFIG", "SET", "cluster-require-full-coverage", "yes"));

        master.kill();

        Await.until("down", FAILOVER, () -> faultOf(link.send("SET", other, "v")) == RedisFault.CLUSTER);
        assertThat(link.state().up()).isFalse();
        Await.until("a write", FAILOVER, () -> !failed(link.send("SET", other, "v")));
        Await.until(
                "up", FAILOVER, () -> link.state().up() && link.state().fault().isEmpty());
    }

    private String newKeyOn(RedisServer master) {
        return cluster.newKeyOn(master, "");
    }

    private static @Nullable RedisFault faultOf(Future<?> answer) {
        Await.until("an answer", answer::isComplete);
        return answer.cause() instanceof RedisException failure ? failure.fault() : null;
    }

    private static boolean failed(Future<?> answer) {
        return Await.result(answer.map(false).otherwise(true));
    }
}
