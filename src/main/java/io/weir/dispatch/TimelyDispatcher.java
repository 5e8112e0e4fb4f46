package io.weir.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes sure that an accepted push is answered in time: at the deadline, when the handler fails and when there is none,
 * the answer is {@link Reply#NONE}, and the outcome is counted ({@code weir_pushes_total}). Its future never fails.
 */
public final class TimelyDispatcher implements Dispatcher {
    private final Dispatcher inner;
    private final MeterRegistry metrics;
    private final Map<Count, Counter> counters = new ConcurrentHashMap<>();

    public TimelyDispatcher(Dispatcher inner, MeterRegistry metrics) {
        this.inner = inner;
        this.metrics = metrics;
    }

    @Override
    public Future<Reply> dispatch(Delivery<?> delivery) {
        Push push = delivery.push();
        return inner.dispatch(delivery)
                .onSuccess(reply -> count(push, reply.equals(Reply.NONE) ? Outcome.SUCCESS : Outcome.REPLY))
                .otherwise(failure -> {
                    count(push, Outcome.of(failure));
                    return Reply.NONE;
                });
    }

    private void count(Push push, Outcome outcome) {
        counters.computeIfAbsent(new Count(push.account(), push.type(), outcome), this::counter)
                .increment();
    }

    private Counter counter(Count count) {
        return Counter.builder("weir.pushes")
                .description("Accepted pushes, by what became of them")
                .tag("account", count.account)
                .tag("type", count.type.wireName())
                .tag("outcome", count.outcome.label())
                .register(metrics);
    }

    /** What is counted together; looked up for each push, not with the registry's own, costlier look-up. */
    private record Count(String account, PushType<?> type, Outcome outcome) {}

    /** What became of a push. */
    private enum Outcome {
        /** Answered with a reply. */
        REPLY,
        /** Answered with {@code success}, as the handler wanted. */
        SUCCESS,
        /** Not answered by the deadline. */
        LATE,
        /** The handler failed. */
        FAILED,
        /** Nobody handles this kind. */
        UNHANDLED;

        static Outcome of(Throwable failure) {
            if (failure instanceof ReplyException reply) {
                return reply.failureType() == ReplyFailure.TIMEOUT
                        ? LATE
                        : reply.failureType() == ReplyFailure.NO_HANDLERS ? UNHANDLED : FAILED;
            }
            return FAILED;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
