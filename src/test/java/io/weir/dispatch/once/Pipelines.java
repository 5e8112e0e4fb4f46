package io.weir.dispatch.once;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.HandlerStage;
import io.weir.dispatch.HandlerTimes;
import io.weir.dispatch.OutcomeCounters;
import io.weir.dispatch.PushPipeline;
import io.weir.dispatch.once.Executions.LateReplies;
import io.weir.redis.MemoryFleetCounter;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Pipelines as a gateway without Redis has them. */
public final class Pipelines {
    /** Nobody gets a late reply. */
    static final LateReplies NO_LATE_REPLIES = new LateReplies() {
        @Override
        public Future<String> send(Push push, Reply reply, Duration age, Optional<String> traceparent) {
            return Future.succeededFuture(PushesInProgress.SENT);
        }

        @Override
        public void lost(Push push, Reply reply) {}
    };

    private Pipelines() {}

    /** A pipeline with a memory of its own. Made on an event loop. */
    public static PushPipeline onceOnly(
            Vertx vertx, Function<Delivery<?>, Future<Reply>> inner, MeterRegistry metrics, Clock clock) {
        LateRetryLimiter lateRetries = new LateRetryLimiter(Map.of(), new MemoryFleetCounter(System::nanoTime));
        Executions.Rules rules = new Executions.Rules(
                OnceLimits.DEFAULT,
                lateRetries,
                NO_LATE_REPLIES,
                new OutcomeCounters(metrics),
                Executions.Durable.NONE,
                clock,
                System::nanoTime);
        PushPipeline handlers = new HandlerStage(inner, new HandlerTimes(clock), clock);
        return OnceOnly.here(vertx, handlers, new Executions(new PushStore.Solo(), "instance", rules, metrics));
    }
}
