package io.weir.dispatch.once;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** One instance, and no Redis. */
class ReplayTest extends ReplayContract {
    private final AtomicLong passed = new AtomicLong();

    @Override
    SimulatedInstance instance(String name) {
        return new SimulatedInstance(
                vertx,
                name,
                new PushStore.Solo(),
                late(),
                ReplayContract::hello,
                LIMITS,
                new SimulatedInstance.Times(Clock.systemUTC(), this::nanoTime));
    }

    @Override
    void pass(Duration time) {
        passed.addAndGet(time.toNanos());
    }

    @Override
    long nanoTime() {
        return System.nanoTime() + passed.get();
    }
}
