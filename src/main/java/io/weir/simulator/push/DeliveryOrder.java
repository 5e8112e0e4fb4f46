package io.weir.simulator.push;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.simulator.time.SimulatedTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Lets a push that is held back wait for the next one of its account. Any thread. */
final class DeliveryOrder {
    /** How long one waits when no other push comes. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private final Map<String, Promise<Void>> heldBack = new HashMap<>();
    private final SimulatedTime time;

    DeliveryOrder(SimulatedTime time) {
        this.time = time;
    }

    /** The turn of a push. One that another waits for is not held back itself. */
    synchronized Turn take(String account, boolean holdBack) {
        Optional<Promise<Void>> previous = Optional.ofNullable(heldBack.remove(account));
        if (previous.isPresent() || !holdBack) {
            return new Turn(Future.succeededFuture(), () -> previous.ifPresent(Promise::tryComplete));
        }
        Promise<Void> held = Promise.promise();
        heldBack.put(account, held);
        SimulatedTime.Alarm end = time.after(LIMIT, () -> giveUp(account, held));
        return new Turn(held.future().onComplete(over -> end.cancel()), () -> {});
    }

    private void giveUp(String account, Promise<Void> held) {
        synchronized (this) {
            heldBack.remove(account, held);
        }
        held.tryComplete();
    }

    /**
     * @param come completes when the push may go
     * @param over to be called when it is delivered
     */
    record Turn(Future<Void> come, Runnable over) {}
}
