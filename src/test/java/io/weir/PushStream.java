package io.weir;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.simulator.push.DeliveryAttempt;
import io.weir.simulator.push.PushFactory;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.PushTemplates;
import io.weir.simulator.push.Pusher;
import io.weir.simulator.push.SimulatedAccount;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** CLICKs of several accounts, some at once, one after the other until it is stopped. */
final class PushStream implements AutoCloseable {
    private static final int AT_ONCE = 4;

    private final Vertx vertx = Vertx.vertx();
    private final Pusher pusher = new Pusher(vertx);
    private final PushFactory factory = new PushFactory(PushTemplates.bundled());
    private final List<SimulatedAccount> accounts;
    private final URI base;
    private final AtomicLong number = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Future<Void>> running;
    private volatile boolean stopping;

    /** @param accounts pushed for in turn */
    PushStream(List<SimulatedAccount> accounts, URI base) {
        this.accounts = List.copyOf(accounts);
        this.base = base;
        this.running = IntStream.range(0, AT_ONCE).mapToObj(each -> next()).toList();
    }

    /** Ends it, and tells what was not accepted. */
    Queue<String> stop() {
        stopping = true;
        WeChat.await(Future.join(running));
        return failures;
    }

    long accepted() {
        return accepted.get();
    }

    private Future<Void> next() {
        if (stopping) {
            return Future.succeededFuture();
        }
        SimulatedAccount account = accounts.get((int) (number.getAndIncrement() % accounts.size()));
        return pusher.push(factory.create(PushOrder.of("CLICK"), account), account, base.resolve(account.name()))
                .onSuccess(attempt -> note(account, attempt))
                .compose(attempt -> next());
    }

    private void note(SimulatedAccount account, DeliveryAttempt attempt) {
        if (attempt.accepted()) {
            accepted.incrementAndGet();
        } else {
            failures.add(account + ": " + attempt.outcome());
        }
    }

    @Override
    public void close() {
        stopping = true;
        WeChat.await(vertx.close());
    }
}
