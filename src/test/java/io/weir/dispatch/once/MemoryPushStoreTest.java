package io.weir.dispatch.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.dispatch.once.PushStore.Asking;
import io.weir.dispatch.once.PushStore.Claimed.Forged;
import io.weir.dispatch.once.PushStore.Claimed.Started;
import io.weir.wechat.codec.Stamp;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryPushStoreTest extends PushStoreContract {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final MemoryPushStore store = new MemoryPushStore(LIMITS, nanos::get);

    @Override
    PushStore store() {
        return store;
    }

    @Override
    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void holdsNoMoreThanItMay() {
        for (int i = 0; i < 600_000; i++) {
            store.claim(id(), new Stamp(0, i), "a", Asking.ARRIVED);
        }

        assertThat(store.size()).isLessThanOrEqualTo(480_000).isGreaterThan(400_000);
    }

    @Test
    void forgetsWhatIsOverWhileOthersCome() {
        for (int i = 0; i < 1_000; i++) {
            store.claim(id(), stamp(), "a", Asking.ARRIVED);
        }
        pass(LIMITS.unfinished());

        for (int i = 0; i < 1_000; i++) {
            store.claim(id(), stamp(), "a", Asking.ARRIVED);
        }

        assertThat(store.size()).isLessThan(1_100);
    }

    @Test
    void remembersStampsForTwiceTheWindow() {
        Stamp stamp = stamp();
        claim(id(), stamp, "a", Asking.ARRIVED);

        pass(LIMITS.window().multipliedBy(2).minusMillis(1));
        assertThat(claim(id(), stamp, "a", Asking.ARRIVED)).isEqualTo(new Forged());

        pass(LIMITS.window().multipliedBy(3));
        assertThat(claim(id(), stamp, "a", Asking.ARRIVED)).isInstanceOf(Started.class);
    }
}
