package io.weir.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.dispatch.IdentityCodec;
import io.weir.redis.Await;
import io.weir.redis.RedisCluster;
import io.weir.redis.RedisConfig;
import io.weir.redis.RedisServer;
import io.weir.wechat.message.Push;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was kept of who has left, in a real Redis of each kind, whose user has the shipped rights alone. */
@ExtendWith(VertxExtension.class)
class PersonErasureIT {
    private static final String KEYS = "weir:{wx0000000000000001}:";

    private final List<RedisServer> servers = new ArrayList<>();

    enum Kind {
        ONE_SERVER,
        CLUSTER
    }

    private TestJournal start(Kind kind, Vertx vertx) {
        RedisConfig config;
        if (kind == Kind.CLUSTER) {
            RedisCluster cluster = RedisCluster.start();
            servers.addAll(cluster.masters());
            config = cluster.config("weir", "hush");
        } else {
            RedisServer server = RedisServer.start();
            servers.add(server);
            config = RedisConfig.server(URI.create("redis://weir:hush@127.0.0.1:" + server.port()));
        }
        servers.forEach(each -> each.addUserWithTheShippedRights("weir", "hush"));
        IdentityCodec.install(vertx);
        TestJournal made = new TestJournal("here-1", Optional.of(config));
        Await.result(vertx.deployVerticle(made.fleetPushes(vertx)));
        return made;
    }

    @AfterEach
    void stop() {
        List<String> refused =
                servers.stream().map(each -> each.command("ACL", "LOG")).toList();
        servers.forEach(RedisServer::close);
        assertThat(refused).containsOnly("*0\r\n");
    }

    @ParameterizedTest
    @EnumSource
    void isDeletedWhenThatUnsubscribes(Kind kind, Vertx vertx) {
        TestJournal here = start(kind, vertx);
        Push gone = FleetPushesIT.unsubscribe();
        long left = gone.createTime().toEpochMilli();
        keep("journal", gone.openId(), left - 60_000);
        keep("journal", gone.openId(), left + 60_000);
        keep("journal", "oSomebodyElse", left - 60_000);
        keep("dead", gone.openId(), left);

        here.observed(vertx, gone);

        Await.until("no dead letter", () -> kept("dead").equals(":0\r\n"));
        assertThat(kept("journal")).isEqualTo(":2\r\n");
        assertThat(redis("SMEMBERS", KEYS + "forget")).contains(gone.openId());
        keep("dead", gone.openId(), left - 1_000);
        Await.until(
                "no dead letter of work that has failed since",
                () -> kept("dead").equals(":0\r\n"));
        here.clock.pass(Duration.ofMinutes(8));
        Await.until("not listed", () -> redis("EXISTS", KEYS + "forget").equals(":0\r\n"));
    }

    @ParameterizedTest
    @EnumSource
    void isDeletedWhenTheBackendHasGotItsCopy(Kind kind, Vertx vertx) {
        TestJournal here = start(kind, vertx);
        Push gone = FleetPushesIT.unsubscribe();
        long left = gone.createTime().toEpochMilli();
        keep("journal", gone.openId(), left);
        keep("journal", gone.openId(), left);
        redis("XGROUP", "CREATE", KEYS + "journal", "copy:crm", "0");
        redis("XREADGROUP", "GROUP", "copy:crm", "c", "COUNT", "1", "STREAMS", KEYS + "journal", ">");
        redis("XACK", KEYS + "journal", "copy:crm", first("journal"));

        here.observed(vertx, gone);

        Await.until("the one that it has got", () -> kept("journal").equals(":1\r\n"));
        redis("XREADGROUP", "GROUP", "copy:crm", "c", "STREAMS", KEYS + "journal", ">");
        redis("XACK", KEYS + "journal", "copy:crm", first("journal"));
        Await.until("the other", () -> kept("journal").equals(":0\r\n"));
    }

    private void keep(String stream, String sender, long arrived) {
        redis("XADD", KEYS + stream, "*", "v", "1", "s", sender, "a", Long.toString(arrived), "x", "<xml/>");
    }

    private String kept(String stream) {
        return redis("XLEN", KEYS + stream);
    }

    private String first(String stream) {
        return redis("XRANGE", KEYS + stream, "-", "+", "COUNT", "1")
                .lines()
                .filter(line -> line.matches("\\d+-\\d+"))
                .findFirst()
                .orElseThrow();
    }

    /** By the server that has the key. */
    private String redis(String... command) {
        return servers.stream()
                .map(each -> each.command(command))
                .filter(answer -> !answer.startsWith("-MOVED"))
                .findFirst()
                .orElseThrow();
    }
}
