package io.weir.plugin.runtime;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.weir.dispatch.Delivery;
import io.weir.plugin.Handler;
import io.weir.wechat.message.Message;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A custom handler at work: on the event loops where it never blocks, on threads of its own where it may. Knows how many pushes it
 * has begun and not finished, so that it can be replaced when they are. A push that has waited too long for a thread is not begun.
 */
final class RunningHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RunningHandler.class);
    /** Less than an attempt lasts: after an overload the first thing to be answered are the pushes that come now. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    private final Plugin plugin;
    private final Handler<?> handler;
    private final PushType<?> type;
    private final @Nullable HandlerThreads threads;
    private final AtomicInteger running = new AtomicInteger();
    private final Promise<Void> idle = Promise.promise();
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile boolean retired;

    RunningHandler(Plugin plugin, Handler<?> handler) {
        this(plugin, handler, threads(handler));
    }

    /** With the threads of a test. */
    RunningHandler(Plugin plugin, Handler<?> handler, @Nullable HandlerThreads threads) {
        this.plugin = plugin;
        this.handler = handler;
        this.type = handler.type();
        this.threads = threads;
    }

    private static @Nullable HandlerThreads threads(Handler<?> handler) {
        return handler.nonBlocking()
                ? null
                : HandlerThreads.of(
                        "handler-" + handler.type().wireName(),
                        handler.getClass().getClassLoader());
    }

    Handler<?> handler() {
        return handler;
    }

    PushType<?> type() {
        return type;
    }

    String className() {
        return handler.getClass().getName();
    }

    Path jar() {
        return plugin.file();
    }

    /** Whether it has threads of its own. */
    boolean mayBlock() {
        return threads != null;
    }

    /** Pushes that wait for one of its threads. */
    int waiting() {
        return threads == null ? 0 : threads.waiting();
    }

    /** On the event loop of the push. Null where it has been replaced meanwhile: nothing has begun then. */
    @Nullable
    Future<Reply> handle(Delivery<?> delivery) {
        running.incrementAndGet();
        if (retired) {
            left();
            return null;
        }
        Future<Reply> reply = threads == null ? asked(delivery) : onAThread(threads, delivery);
        return reply.onComplete(ended -> {
            left();
            if (ended.succeeded()) {
                warnOfNone(delivery.push(), ended.result());
            }
        });
    }

    private Future<Reply> onAThread(HandlerThreads own, Delivery<?> delivery) {
        Promise<Reply> reply = Promise.promise();
        Context here = Objects.requireNonNull(Vertx.currentContext(), "on an event loop");
        long entered = System.nanoTime();
        boolean taken = own.run(
                () -> begin(delivery, entered).onComplete(ended -> here.runOnContext(back -> reply.handle(ended))));
        if (!taken) {
            reply.fail(new IllegalStateException(className() + " has too many pushes waiting"));
        }
        return reply.future();
    }

    private Future<Reply> begin(Delivery<?> delivery, long entered) {
        long now = System.nanoTime();
        if (delivery.deadline().isPast(now) || now - entered > LONGEST_WAIT.toNanos()) {
            return Future.failedFuture(new IllegalStateException(
                    className() + " had no thread for a push within " + LONGEST_WAIT.toSeconds() + " s"));
        }
        return asked(delivery);
    }

    private Future<Reply> asked(Delivery<?> delivery) {
        try {
            return Objects.requireNonNull(OtherVertx.handle(handler, delivery), "the handler returned no future");
        } catch (RuntimeException | Error bug) {
            return Future.failedFuture(bug);
        }
    }

    private void warnOfNone(Push push, @Nullable Object said) {
        if (!(said instanceof Reply) || said instanceof Reply.Configured || said instanceof Reply.None) {
            return;
        }
        boolean isTaken =
                push.type().takesReply() && (push instanceof Message || !(said instanceof Reply.TransferToService));
        if (!isTaken && warned.compareAndSet(false, true)) {
            LOG.atWarn()
                    .addKeyValue("type", type.wireName())
                    .addKeyValue("handler", className())
                    .addKeyValue("reply", said.getClass().getSimpleName())
                    .log("handler gives a reply that WeChat does not take for this kind of push");
        }
    }

    private void left() {
        if (running.decrementAndGet() == 0 && retired) {
            idle.tryComplete();
        }
    }

    /** Begins no more pushes. Completes when those that it has begun are finished; any thread. */
    Future<Void> retire() {
        retired = true;
        if (running.get() == 0) {
            idle.tryComplete();
        }
        return idle.future();
    }

    /** Lets go of its threads; after it has stopped. */
    void close() {
        if (threads != null) {
            threads.close();
        }
    }
}
