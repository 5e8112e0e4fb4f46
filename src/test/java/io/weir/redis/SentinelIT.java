package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SentinelIT {
    private static final String NAME = "weir";
    private static final Duration FAILOVER = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final RedisServer master = RedisServer.start();

    @AfterEach
    void close() {
        master.close();
        Await.result(vertx.close());
    }

    @Test
    void followsTheMasterThroughAFailover() {
        try (RedisServer replica = RedisServer.replicaOf(master);
                RedisServer sentinel = RedisServer.sentinelOf(NAME, master, 500);
                RedisServer gone = RedisServer.start()) {
            gone.kill();
            sentinel.await("num-slaves\r\n$1\r\n1", "SENTINEL", "master", NAME);
            RedisConfig config = RedisConfig.sentinels(NAME, List.of(address(gone), address(sentinel)));
            RedisLink link = RedisLink.open(vertx, config, RedisLimits.DEFAULT);
            Await.until("connected", () -> link.state().up());
            assertThat(Await.result(link.send("SET", "before", "1")).text()).contains("OK");

            master.kill();
            Await.until("a write", FAILOVER, () -> written(link));

            assertThat(replica.command("GET", "after")).contains("1");
            assertThat(link.state().role()).contains("master");
            link.close();
        }
    }

    @Test
    void doesNotTakeAMasterThatTheSentinelsDoNotKnow() {
        try (RedisServer sentinel = RedisServer.sentinelOf(NAME, master, 500)) {
            RedisLink link = RedisLink.open(
                    vertx, RedisConfig.sentinels("other", List.of(address(sentinel))), RedisLimits.DEFAULT);
            Await.result(link.attempted());

            assertThat(link.state().up()).isFalse();
            assertThat(link.state().fault()).contains(RedisFault.UNREACHABLE);
            link.close();
        }
    }

    private static boolean written(RedisLink link) {
        return Await.result(link.send("SET", "after", "1").map(true).otherwise(false));
    }

    private static RedisAddress address(RedisServer server) {
        return new RedisAddress("127.0.0.1", server.port());
    }
}
