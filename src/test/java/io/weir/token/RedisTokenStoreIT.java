package io.weir.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.weir.config.Secret;
import io.weir.redis.Await;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisServer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisTokenStoreIT extends TokenStoreContract {
    private static final Duration LIFE = Duration.ofHours(2);
    private static final Vertx VERTX = Vertx.vertx();
    private static final RedisServer SERVER = RedisServer.start();
    private static final RedisLink LINK = RedisLink.open(VERTX, SERVER.config(), RedisLimits.DEFAULT);

    private final TokenStore store = new RedisTokenStore(LINK);

    @BeforeAll
    static void connect() {
        Await.result(LINK.attempted());
    }

    @BeforeEach
    void empty() {
        SERVER.command("FLUSHALL");
    }

    @AfterAll
    static void close() {
        LINK.close();
        SERVER.close();
        Await.result(VERTX.close());
    }

    @Override
    TokenStore store() {
        return store;
    }

    /** Redis's clock cannot be moved: as much time really passes, and never much; a little more, since it counts in whole ms. */
    @Override
    void pass(Duration time) {
        long end = System.nanoTime() + time.plusMillis(5).toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    @Test
    void refusesAWriterFromBeforeALossOfAllData() {
        long before = lease("a").fence();
        write(Secret.of("one"), LIFE, before);
        long frozen = lease("a").fence();
        SERVER.command("FLUSHALL");
        long after = lease("b").fence();
        write(Secret.of("two"), LIFE, after);

        assertThat(write(Secret.of("stale"), LIFE, frozen)).isFalse();
        assertThat(read().value()).contains(Secret.of("two"));
    }

    @Test
    void keepsItsKeysTogetherAndByTheAccount() {
        write(Secret.of("one"), LIFE, lease("a").fence());

        assertThat(SERVER.command("KEYS", "*"))
                .contains("weir:{wx1}:access_token\r\n")
                .contains("weir:{wx1}:access_token:meta\r\n")
                .contains("weir:{wx1}:access_token:lease\r\n")
                .startsWith("*3\r\n");
    }
}
