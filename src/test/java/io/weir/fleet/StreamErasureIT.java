package io.weir.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.redis.Await;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class StreamErasureIT {
    private static final String STREAM = "weir:{wx1}:recent";

    private final RedisServer redis = RedisServer.start();
    private RedisLink link;
    private StreamErasure erasure;

    @BeforeEach
    void connect(Vertx vertx) {
        link = RedisLink.open(vertx, redis.config(), RedisLimits.DEFAULT);
        erasure = new StreamErasure(vertx, link);
    }

    @AfterEach
    void stop() {
        link.close();
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, StreamErasure.PAGE, 2 * StreamErasure.PAGE + 7})
    void deletesWhatMatchesOverAllPagesAndNothingElse(int others) {
        add("gone");
        for (int i = 0; i < others; i++) {
            add("stays");
        }
        add("gone");

        int deleted =
                Await.result(erasure.erase(STREAM, entry -> entry.field("s").equals("gone")));

        assertThat(deleted).isEqualTo(2);
        assertThat(redis.command("XLEN", STREAM)).isEqualTo(":" + others + "\r\n");
        assertThat(redis.command("XREVRANGE", STREAM, "+", "-", "COUNT", "50")).doesNotContain("gone");
    }

    @Test
    void aStreamThatIsNotThereIsErased() {
        assertThat(Await.result(erasure.erase(STREAM, entry -> true))).isZero();
    }

    @Test
    void failsWhereRedisDoes() {
        redis.command("SET", STREAM, "no stream");

        assertThatThrownBy(() -> Await.result(erasure.erase(STREAM, entry -> true)))
                .hasMessageContaining("WRONGTYPE");
    }

    private void add(String sender) {
        redis.command("XADD", STREAM, "*", "s", sender, "p", "x");
    }
}
