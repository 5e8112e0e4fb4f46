package io.weir.dispatch.once;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class MemoryPushStoreTest extends PushStoreContract {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final PushStore store = new MemoryPushStore(LIMITS, nanos::get);

    @Override
    PushStore store() {
        return store;
    }

    @Override
    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
