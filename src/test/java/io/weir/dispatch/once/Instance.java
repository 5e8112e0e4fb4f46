package io.weir.dispatch.once;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.weir.dispatch.Answered;
import io.weir.dispatch.Arrival;
import io.weir.dispatch.Corridor;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Late;
import io.weir.dispatch.Outcomes;
import io.weir.redis.Await;
import io.weir.wechat.codec.Stamp;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** One instance of a fleet, from behind the door to the handler, which is the test's. */
final class Instance {
    static final OnceLimits LIMITS = new OnceLimits(
            Duration.ofMillis(600),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            Duration.ofMillis(900),
            Duration.ofMinutes(10));

    private static final AtomicLong STAMPS = new AtomicLong();

    /** The runs of its handler. */
    final Queue<Delivery<?>> begun = new ConcurrentLinkedQueue<>();
    /** What it sent late, as far as the store let it. */
    final Queue<Reply> late = new ConcurrentLinkedQueue<>();

    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Runs runs;
    private final Context loop;
    private final Corridor corridor;

    Instance(Vertx vertx, String name, PushStore store, Function<Delivery<?>, Future<Reply>> handler) {
        this(vertx, name, store, Late.SUCCESS, handler);
    }

    Instance(Vertx vertx, String name, PushStore store, Late policy, Function<Delivery<?>, Future<Reply>> handler) {
        this.runs = new Runs(vertx, store, name, LIMITS);
        Lapses lapses = new Lapses(Map.of(PushType.CLICK, policy), new MemoryAllowances(System::nanoTime));
        OnceCorridor.Rules rules = new OnceCorridor.Rules(
                LIMITS, lapses, (push, reply, age) -> late.add(reply), new Outcomes(metrics), Clock.systemUTC());
        Promise<Corridor> made = Promise.promise();
        Promise<Context> home = Promise.promise();
        ((io.vertx.core.internal.VertxInternal) vertx).createEventLoopContext().runOnContext(start -> {
            home.complete(vertx.getOrCreateContext());
            made.complete(new OnceCorridor(
                    vertx,
                    delivery -> {
                        begun.add(delivery);
                        return handler.apply(delivery);
                    },
                    runs,
                    rules));
        });
        this.loop = Await.result(home.future());
        this.corridor = Await.result(made.future());
    }

    /** An attempt whose peer waits to the end. */
    Future<Answered> push(Push push, PushId id, Duration deadline) {
        return push(push, id, deadline, new AtomicBoolean(true));
    }

    Future<Answered> push(Push push, PushId id, Duration deadline, AtomicBoolean waiting) {
        Stamp stamp = new Stamp(Clock.systemUTC().instant().getEpochSecond(), STAMPS.incrementAndGet());
        return push(new Arrival(push, id, stamp, System.nanoTime(), Deadline.in(deadline), waiting::get));
    }

    Future<Answered> push(Arrival arrival) {
        Promise<Answered> answered = Promise.promise();
        loop.runOnContext(run -> corridor.answer(arrival).onComplete(answered));
        return answered.future();
    }

    /** Lets go of everything without a word, as a process that is killed. */
    void die() {
        Await.result(runs.finish(Duration.ZERO));
    }

    double counted(String outcome) {
        var counter = metrics.find("weir.pushes").tags("outcome", outcome).counter();
        return counter == null ? 0 : counter.count();
    }
}
