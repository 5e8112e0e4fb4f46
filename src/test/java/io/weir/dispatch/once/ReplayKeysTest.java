package io.weir.dispatch.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.dispatch.once.PushStore.KeyUse;
import io.weir.wechat.codec.ReplayKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReplayKeysTest {
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final ReplayKeys keys = new ReplayKeys(WINDOW, nanos::get);
    private final ReplayKey key = new ReplayKey(1_700_000_000L, 42, 7, false);
    private final ReplayKey other = new ReplayKey(1_700_000_000L, 42, 8, false);

    @Test
    void tellsTheSameBodyFromAnother() {
        assertThat(keys.use(key)).isEqualTo(KeyUse.NEW);
        assertThat(keys.use(key)).isEqualTo(KeyUse.SAME);
        assertThat(keys.use(other)).isEqualTo(KeyUse.OTHER);
        assertThat(keys.use(other.apart())).isEqualTo(KeyUse.NEW);
        assertThat(keys.use(other.apart())).isEqualTo(KeyUse.SAME);
    }

    @Test
    void tellsAKeyThatAVerificationUsed() {
        keys.use(new ReplayKey(1_700_000_000L, 42, ReplayKey.VERIFICATION, false));

        assertThat(keys.use(key)).isEqualTo(KeyUse.VERIFICATION);
    }

    @Test
    void takesTheWordOfTheStore() {
        keys.use(other);

        keys.correct(key);
        assertThat(keys.use(key)).isEqualTo(KeyUse.SAME);

        keys.disown(key);
        assertThat(keys.use(key)).isEqualTo(KeyUse.OTHER);
        assertThat(keys.use(other)).isEqualTo(KeyUse.OTHER);
    }

    @Test
    void remembersAKeyForTwiceTheWindow() {
        keys.use(key);

        nanos.addAndGet(WINDOW.multipliedBy(2).minusMillis(1).toNanos());
        assertThat(keys.use(key)).isEqualTo(KeyUse.SAME);

        nanos.addAndGet(WINDOW.multipliedBy(3).toNanos());
        assertThat(keys.use(key)).isEqualTo(KeyUse.NEW);
    }

    @Test
    void remembersTheKeyZero() {
        ReplayKey zero = new ReplayKey(0, 0, 7, false);
        keys.use(zero);

        assertThat(keys.use(zero)).isEqualTo(KeyUse.SAME);
    }
}
