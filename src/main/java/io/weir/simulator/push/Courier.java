package io.weir.simulator.push;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.simulator.push.Delivered.DeliveryProgress;
import io.weir.simulator.push.Pusher.PushRequest;
import io.weir.simulator.time.SimulatedTime;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Delivers pushes as WeChat does: an attempt, cut after five seconds, and at once the next one, three in total
 * (push-protocol.md §7), all with the same elements. Each attempt is signed and encrypted afresh; whether WeChat's are is not
 * documented. What {@link PushFaults} order goes wrong with it. Any thread.
 */
public final class Courier {
    private final Pusher pusher;
    private final PushFaults faults;
    private final SimulatedTime time;
    private final DeliveryOrder turns;

    /** Nothing goes wrong on WeChat's side. */
    public Courier(Pusher pusher) {
        this(pusher, new PushFaults());
    }

    /** @param pusher makes the attempts, and tells the time; closing it is up to its owner */
    public Courier(Pusher pusher, PushFaults faults) {
        this.pusher = pusher;
        this.faults = faults;
        this.time = pusher.time();
        this.turns = new DeliveryOrder(time);
    }

    /**
     * Delivers one push. Completes when the platform has what it takes for its verdict, after about 15 seconds at the latest
     * plus what faults delay; never fails for what the gateway does.
     *
     * @param target the URL of the account's settings page
     */
    public Future<Delivered> deliver(SimulatedPush push, SimulatedAccount account, URI target) {
        return deliver(push, account, target, Handling.LIKE_WECHAT);
    }

    /** The same, in another way than WeChat's; standing faults come on top. */
    public Future<Delivered> deliver(SimulatedPush push, SimulatedAccount account, URI target, Handling handling) {
        return deliver(push, account, target, handling, DeliveryProgress.UNSEEN);
    }

    /** The same, told of as it goes. */
    public Future<Delivered> deliver(
            SimulatedPush push, SimulatedAccount account, URI target, Handling handling, DeliveryProgress progress) {
        Handling next = faults.next(account.name(), handling);
        PushRequest pushRequest = new PushRequest(push.createdLater(next.clockOffset()), account, target);
        if (next.dropped()) {
            return Future.succeededFuture(Delivered.never(pushRequest));
        }
        DeliveryOrder.Turn turn = turns.take(account.name(), next.heldBack());
        return turn.come()
                .compose(come -> pause(next.delay()))
                .compose(now -> copies(pushRequest, next, progress))
                .onComplete(over -> turn.over().run());
    }

    private Future<Void> pause(Duration delay) {
        if (delay.isZero()) {
            return Future.succeededFuture();
        }
        Promise<Void> over = Promise.promise();
        time.after(delay, over::complete);
        return over.future();
    }

    private Future<Delivered> copies(PushRequest pushRequest, Handling handling, DeliveryProgress progress) {
        if (handling.duplicates() == 0) {
            return attempts(new Copy(0, pushRequest, handling, progress), List.of());
        }
        List<Future<Delivered>> copies = IntStream.rangeClosed(0, handling.duplicates())
                .mapToObj(copy -> attempts(new Copy(copy, pushRequest, handling, progress), List.of()))
                .toList();
        return Future.all(copies).map(all -> {
            List<Delivered> delivered = all.list();
            return delivered.get(0).with(delivered.subList(1, delivered.size()));
        });
    }

    private Future<Delivered> attempts(Copy copy, List<DeliveryAttempt> previous) {
        int number = previous.size() + 1;
        copy.progress().begins(copy.number(), number, time.clock().instant());
        Handling handling = copy.handling();
        Future<DeliveryAttempt> made = handling.unreachable()
                ? Future.succeededFuture(pusher.unreached(copy.pushRequest(), number, handling.clockOffset()))
                : pusher.attempt(copy.pushRequest(), number, handling.clockOffset());
        return made.compose(attempt -> {
            copy.progress().ended(copy.number(), attempt);
            List<DeliveryAttempt> attempts = new ArrayList<>(previous);
            attempts.add(attempt);
            return attempt.outcome().lapsed()
                            && attempts.size() < copy.handling().attempts()
                    ? attempts(copy, attempts)
                    : Future.succeededFuture(Delivered.after(copy.pushRequest(), attempts));
        });
    }

    /** One of the deliveries of a push, of which there are several only when a fault orders it. */
    private record Copy(int number, PushRequest pushRequest, Handling handling, DeliveryProgress progress) {}

    /** Lets a push that is held back wait for the next one of its account. Any thread. */
    static final class DeliveryOrder {
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
}
