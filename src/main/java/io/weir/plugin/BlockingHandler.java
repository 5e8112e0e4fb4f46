package io.weir.plugin;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.HandlerStage;
import io.weir.dispatch.HandlerStage.Dispatched;
import io.weir.dispatch.PushHandler;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs a custom handler that may block, on a pool of threads of its own, as many pushes at once as that has. What comes
 * back goes on in the worker verticle that this is, on another thread: a finished reply does not queue behind the pushes
 * that wait to begin. A push that has waited too long is not begun any more.
 */
final class BlockingHandler<P extends Push> extends PushHandler<P> {
    private static final int THREADS = 20;
    /** Less than an attempt lasts: after an overload the first thing to be answered are the pushes that come now. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    private final Handler<P> own;
    private final HandlerQueue queue;
    private @Nullable WorkerExecutor threads;

    BlockingHandler(Handler<P> own, HandlerQueue queue) {
        super(List.of());
        this.own = own;
        this.queue = queue;
    }

    @Override
    public Future<?> start() {
        threads = vertx.createSharedWorkerExecutor("handler-" + own.type().wireName(), THREADS, 1, TimeUnit.MINUTES);
        return consume(queue.address());
    }

    @Override
    public Future<?> stop() {
        return threads == null ? Future.succeededFuture() : threads.close();
    }

    @Override
    protected Future<Reply> handle(P push) {
        return own.handle(push);
    }

    @Override
    protected Future<Reply> handle(Delivery<P> delivery) {
        long entered = System.nanoTime();
        return Objects.requireNonNull(threads, "started")
                .executeBlocking(() -> begin(delivery, entered), false)
                .compose(reply -> reply);
    }

    private Future<Reply> begin(Delivery<P> delivery, long entered) {
        queue.leave();
        long now = System.nanoTime();
        if (delivery.deadline().isPast(now) || now - entered > LONGEST_WAIT.toNanos()) {
            return Future.failedFuture(new IllegalStateException(
                    own.getClass().getName() + " had no thread for a push within " + LONGEST_WAIT.toSeconds() + " s"));
        }
        return Objects.requireNonNull(own.handle(delivery), "the handler returned no future");
    }

    @Override
    protected String ruleOf(P push) {
        return own.getClass().getName();
    }

    /** The pushes that wait for a thread of a handler that may block: counted, and bounded. Any thread. */
    static final class HandlerQueue {
        private static final int MAX_WAITING = 1_000;

        private final AtomicInteger waiting = new AtomicInteger();
        private final String address;

        HandlerQueue(PushType<?> type) {
            this.address = type.address() + ".own";
        }

        /** Event-bus address of the verticle that has the threads. */
        String address() {
            return address;
        }

        /** Takes a place; false when there is none left. */
        boolean enter() {
            if (waiting.incrementAndGet() > MAX_WAITING) {
                waiting.decrementAndGet();
                return false;
            }
            return true;
        }

        void leave() {
            waiting.decrementAndGet();
        }

        /** How many there are. */
        int waiting() {
            return waiting.get();
        }
    }

    /**
     * Stands on each event loop for a custom handler that may block, and hands the pushes to its {@link BlockingHandler};
     * a push that finds too many waiting fails at once.
     */
    static final class QueueingHandler<P extends Push> extends PushHandler<P> {
        private final HandlerQueue queue;
        private final String name;

        QueueingHandler(PushType<P> type, HandlerQueue queue, String name) {
            super(List.of(type));
            this.queue = queue;
            this.name = name;
        }

        @Override
        protected Future<Reply> handle(P push) {
            throw new IllegalStateException("handled with its deadline");
        }

        @Override
        protected Future<Reply> handle(Delivery<P> delivery) {
            if (!queue.enter()) {
                return Future.failedFuture(new IllegalStateException(name + " has too many pushes waiting"));
            }
            Promise<Reply> reply = Promise.promise();
            HandlerStage.send(vertx.eventBus(), queue.address(), new Dispatched<>(delivery, reply));
            return reply.future();
        }

        @Override
        protected String ruleOf(P push) {
            return name;
        }
    }
}
