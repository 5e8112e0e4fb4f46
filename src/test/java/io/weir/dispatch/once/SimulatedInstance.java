package io.weir.dispatch.once;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.HandlerStage;
import io.weir.dispatch.HandlerTimes;
import io.weir.dispatch.Late;
import io.weir.dispatch.Outcome;
import io.weir.dispatch.OutcomeCounters;
import io.weir.dispatch.PushPipeline;
import io.weir.dispatch.RawRequest;
import io.weir.dispatch.once.Executions.LateReplies;
import io.weir.redis.Await;
import io.weir.redis.MemoryFleetCounter;
import io.weir.wechat.codec.Credentials;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.codec.OpenedPush;
import io.weir.wechat.codec.Protection;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushDocument;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** One instance of a fleet, from behind the codec to the handler, which is the test's. */
final class SimulatedInstance {
    static final OnceLimits LIMITS = new OnceLimits(
            Duration.ofMillis(600),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofMillis(1_500),
            Duration.ofMillis(300),
            Duration.ofMillis(900),
            Duration.ofMillis(900),
            Duration.ofMinutes(10),
            1_000,
            1 << 24);

    static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final AtomicLong KEYS = new AtomicLong();

    /** The runs of its handler. */
    final Queue<Delivery<?>> begun = new ConcurrentLinkedQueue<>();
    /** What it sent late, as far as the store let it. */
    final Queue<Reply> late = new ConcurrentLinkedQueue<>();

    final Queue<String> lateTraceparents = new ConcurrentLinkedQueue<>();

    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final Executions executions;
    private final Vertx vertx;
    private final HandlerStage stage;
    private final Context loop;
    private final PushPipeline pipeline;
    private volatile boolean dead;

    SimulatedInstance(Vertx vertx, String name, PushStore store, Function<Delivery<?>, Future<Reply>> handler) {
        this(vertx, name, store, Late.SUCCESS, handler);
    }

    SimulatedInstance(
            Vertx vertx, String name, PushStore store, Late policy, Function<Delivery<?>, Future<Reply>> handler) {
        this(vertx, name, store, policy, handler, LIMITS, Times.SYSTEM);
    }

    SimulatedInstance(
            Vertx vertx,
            String name,
            PushStore store,
            Late policy,
            Function<Delivery<?>, Future<Reply>> handler,
            OnceLimits limits,
            Times times) {
        Clock clock = times.clock;
        LongSupplier nanoTime = times.nanoTime;
        LateRetryLimiter lateRetries =
                new LateRetryLimiter(Map.of(PushType.CLICK, policy), new MemoryFleetCounter(System::nanoTime));
        Executions.Rules rules = new Executions.Rules(
                limits, lateRetries, lateReplies(), new OutcomeCounters(metrics), times.durable, clock, nanoTime);
        this.executions = new Executions(store, name, rules, metrics);
        this.loop = ((VertxInternal) vertx).createEventLoopContext();
        Promise<PushPipeline> made = Promise.promise();
        this.vertx = vertx;
        this.stage = new HandlerStage(
                delivery -> {
                    begun.add(delivery);
                    return handler.apply(delivery);
                },
                new HandlerTimes(clock),
                clock);
        loop.runOnContext(
                start -> made.complete(new OnceOnly(new Mortal(Loop.current(vertx), nanoTime), stage, executions)));
        this.pipeline = Await.result(made.future());
    }

    /** Where an instance reads the time. */
    record Times(Clock clock, LongSupplier nanoTime, Executions.Durable durable) {
        static final Times SYSTEM = new Times(Clock.systemUTC(), System::nanoTime);

        Times(Clock clock, LongSupplier nanoTime) {
            this(clock, nanoTime, Executions.Durable.NONE);
        }
    }

    private LateReplies lateReplies() {
        return new LateReplies() {
            @Override
            public Future<String> send(Push push, Reply reply, Duration age, Optional<String> traceparent) {
                lateTraceparents.add(traceparent.orElse("none"));
                late.add(reply);
                return Future.succeededFuture(PushesInProgress.SENT);
            }

            @Override
            public void lost(Push push, Reply reply) {}
        };
    }

    /** A loop that does nothing more when the instance is dead. */
    private final class Mortal implements Loop {
        private final Loop inner;
        private final LongSupplier nanoTime;

        Mortal(Loop inner, LongSupplier nanoTime) {
            this.inner = inner;
            this.nanoTime = nanoTime;
        }

        @Override
        public void run(Runnable task) {
            if (!dead) {
                inner.run(task);
            }
        }

        @Override
        public void after(long millis, Runnable task) {
            inner.after(millis, () -> run(task));
        }

        @Override
        public long nanoTime() {
            return nanoTime.getAsLong();
        }
    }

    /** A key that no other request has. */
    static ReplayKey key() {
        return new ReplayKey(Clock.systemUTC().instant().getEpochSecond(), KEYS.incrementAndGet(), 1, false);
    }

    /** An attempt whose peer waits to the end. */
    Future<Outcome> push(Push push, PushId id, Duration deadline) {
        return push(push, id, deadline, new AtomicBoolean(true));
    }

    Future<Outcome> push(Push push, PushId id, Duration deadline, AtomicBoolean waiting) {
        long now = executions.rules().nanoTime().getAsLong();
        Deadline end = new Deadline(now + deadline.toNanos());
        return push(attempt(push, id, key(), now, end, waiting::get));
    }

    private static RawRequest request(long beganNanos) {
        Credentials account = new Credentials(
                "main", "wx0000000000000001", List.of("pushTokenRed2"), List.of(), Mode.PLAINTEXT, Optional.empty());
        SocketAddress peer = SocketAddress.inetSocketAddress(1, "127.0.0.1");
        return new RawRequest(account, "", new byte[300], peer, beganNanos, Optional.of(TRACEPARENT));
    }

    /** An attempt as a codec makes it of a request of 300 bytes. */
    static Attempt attempt(
            Push push, PushId id, ReplayKey key, long arrivedNanos, Deadline deadline, BooleanSupplier waiting) {
        Protection protection = new Protection(1, 0, Protection.Form.PLAINTEXT);
        PushDocument document = new PushDocument(
                push.answerKey().orElse("").getBytes(StandardCharsets.UTF_8), PushDocument.NONE.root());
        OpenedPush received = new OpenedPush(push, document, id, key, Optional.empty(), protection, 0);
        return new Attempt(request(arrivedNanos), received, arrivedNanos, deadline, waiting);
    }

    Future<Outcome> push(Attempt attempt) {
        Promise<Outcome> answered = Promise.promise();
        loop.runOnContext(run -> pipeline.answer(attempt).onComplete(answered));
        return answered.future();
    }

    /** A verification of the URL. */
    void verify(ReplayKey key) {
        Promise<Void> used = Promise.promise();
        loop.runOnContext(run -> pipeline.verified(request(0), key).onComplete(used));
        Await.result(used.future());
    }

    /** From now on it takes over what others have left, of that push. */
    void takesOver(Push push, PushId id) {
        OpenedPush kept =
                attempt(push, id, key(), 0, new Deadline(0), () -> false).received();
        loop.runOnContext(start -> new Takeovers(
                        executions,
                        stage,
                        stored -> Optional.of(kept),
                        List.of("main"),
                        new Mortal(Loop.current(vertx), System::nanoTime),
                        metrics)
                .start());
    }

    boolean isDead() {
        return dead;
    }

    /** Does nothing more, as a process that is stopped or killed. */
    void die() {
        dead = true;
    }

    /** Goes on, as a process that was stopped; what came meanwhile is gone. */
    void live() {
        dead = false;
    }

    double counted(String outcome) {
        var counter = metrics.find("weir.pushes").tags("outcome", outcome).counter();
        return counter == null ? 0 : counter.count();
    }
}
