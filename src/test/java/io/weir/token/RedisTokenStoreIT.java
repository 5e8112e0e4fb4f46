package io.weir.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.Secret;
import io.weir.redis.SharedRedis;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisTokenStoreIT extends TokenStoreContract {
    private static final Duration LIFE = Duration.ofHours(2);

    @RegisterExtension
    static final SharedRedis REDIS = new SharedRedis();

    private final TokenStore store = new RedisTokenStore(REDIS.link());

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
        REDIS.server().command("FLUSHALL");
        long after = lease("b").fence();
        write(Secret.of("two"), LIFE, after);

        assertThat(write(Secret.of("stale"), LIFE, frozen)).isFalse();
        assertThat(read().value()).contains(Secret.of("two"));
    }

    @Test
    void keepsItsKeysTogetherAndByTheAccount() {
        write(Secret.of("one"), LIFE, lease("a").fence());

        assertThat(REDIS.server().command("KEYS", "*"))
                .contains("weir:{wx1}:access_token\r\n")
                .contains("weir:{wx1}:access_token:meta\r\n")
                .contains("weir:{wx1}:access_token:lease\r\n")
                .startsWith("*3\r\n");
    }
}
