package io.weir.dispatch.once;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.HandlerStage;
import io.weir.dispatch.HandlerTimes;
import io.weir.dispatch.Late;
import io.weir.dispatch.OutcomeCounters;
import io.weir.dispatch.once.Executions.LateReplies;
import io.weir.redis.MemoryFleetCounter;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/** A process with the real classes of once-only on two virtual event loops, from its start until it is killed. */
final class VirtualInstance {
    private final String name;
    private final int slot;
    private final SplittableRandom random;
    private final OnceHistory history;
    private final VirtualScheduler time;
    private final List<VirtualLoop> loops;
    private final List<OnceOnly> pipelines;
    private final Executions executions;
    private long countedAlone;
    private long unrenewedNanos = Long.MIN_VALUE / 2;
    private long killedNanos = Long.MAX_VALUE;

    /** What an instance runs with. */
    record Setup(
            OnceLimits limits,
            Late policy,
            long skewMillis,
            Function<VirtualInstance, PushStore> store,
            SimulatedWork work) {}

    VirtualInstance(
            String name, int slot, Setup setup, VirtualScheduler time, SplittableRandom random, OnceHistory history) {
        this.name = name;
        this.slot = slot;
        this.time = time;
        this.random = random;
        this.history = history;
        this.loops = List.of(loop(), loop());
        Clock clock = time.clock(setup.skewMillis);
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        Executions.Rules rules = new Executions.Rules(
                setup.limits,
                new LateRetryLimiter(Map.of(PushType.CLICK, setup.policy), new MemoryFleetCounter(time::nanoTime)),
                new LateSink(),
                new OutcomeCounters(metrics),
                new Executions.Durable(setup.work.seenBy(this), Map.of()),
                clock,
                time::nanoTime);
        this.executions = new Executions(setup.store.apply(this), name, rules, metrics);
        this.pipelines = loops.stream()
                .map(loop -> new OnceOnly(
                        loop,
                        new HandlerStage(delivery -> run(loop, delivery, false), new HandlerTimes(clock), clock),
                        executions))
                .toList();
        VirtualLoop first = loops.get(0);
        first.comes(0, () -> {
            takeovers(first, clock, metrics).start();
            renewLater(setup.work);
        });
    }

    private Takeovers takeovers(VirtualLoop loop, Clock clock, SimpleMeterRegistry metrics) {
        HandlerStage handlers = new HandlerStage(delivery -> run(loop, delivery, true), new HandlerTimes(clock), clock);
        return new Takeovers(executions, handlers, push -> history.kept(push.xml()), List.of("main"), loop, metrics);
    }

    private void renewLater(SimulatedWork work) {
        loops.get(0).after(2_000, () -> {
            work.renew(this);
            renewLater(work);
        });
    }

    private VirtualLoop loop() {
        return new VirtualLoop(time, random, bug -> history.bug(this, bug));
    }

    /** Its place in the fleet, the same after a restart. */
    int slot() {
        return slot;
    }

    List<VirtualLoop> loops() {
        return loops;
    }

    /** Redis was away for it when it should have renewed what it handles. */
    void couldNotRenew() {
        unrenewedNanos = time.now();
    }

    /** When that was last; at a virtual time. */
    long unrenewedNanos() {
        return unrenewedNanos;
    }

    long killedNanos() {
        return killedNanos;
    }

    boolean isAlive() {
        return killedNanos == Long.MAX_VALUE;
    }

    void kill() {
        history.log("%-6s killed", name);
        killedNanos = time.now();
        loops.forEach(VirtualLoop::kill);
    }

    /** Finishes what it has, and stops. */
    void drain(Duration limit) {
        history.log("%-6s drains", name);
        VirtualLoop loop = loops.get(0);
        loop.comes(0, () -> executions.finish(loop, limit).onComplete(finished -> kill()));
    }

    /** When it was last stopped before a moment, the end of that. */
    long lastStop(long nanos) {
        return Math.max(loops.get(0).lastStop(nanos), loops.get(1).lastStop(nanos));
    }

    /** Something comes from the connection to Redis, or goes to it: there is one, on the first loop. */
    void passesConnection(Runnable task) {
        loops.get(0).comes(0, task);
    }

    /** Whether one of its loops is stopped, and the other goes on. */
    boolean isTorn(long nanos) {
        return loops.get(0).isStopped(nanos) != loops.get(1).isStopped(nanos);
    }

    /** Whether the loop of the connection is stopped, and the other goes on. */
    boolean isConnectionStopped(long nanos) {
        return loops.get(0).isStopped(nanos) && !loops.get(1).isStopped(nanos);
    }

    /** An attempt comes in on one of its loops. */
    void receives(OnceHistory.Tried tried, Function<VirtualLoop, Attempt> attempt) {
        int which = random.nextInt(2);
        VirtualLoop loop = loops.get(which);
        loop.comes(0, () -> {
            tried.arrived(time.now());
            history.log("%-6s loop %d: %s arrives", name, which, tried);
            pipelines
                    .get(which)
                    .answer(attempt.apply(loop))
                    .onComplete(answered -> tried.ended(answered, time.now(), time.isCurrent(loop)));
        });
    }

    private Future<Reply> run(VirtualLoop loop, Delivery<?> delivery, boolean kept) {
        OnceHistory.Story story = history.story(delivery.push());
        OnceHistory.HandlerRun run = story.run(this, delivery, time.now(), !kept && executions.alone() > countedAlone);
        run.kept = kept;
        countedAlone = kept ? countedAlone : executions.alone();
        history.log("%-6s %s", name, run);
        Promise<Reply> reply = Promise.promise();
        long takes = story.takesMillis();
        if (takes == OnceSimulation.THROWS) {
            run.ended(time.now(), "");
            throw new IllegalStateException("a handler threw");
        }
        if (takes == OnceSimulation.NEVER) {
            loop.after(delivery.deadline().remainingMillis(time.nanoTime()), () -> {
                run.ended(time.now(), "");
                reply.fail("no reply");
            });
            return reply.future();
        }
        loops.get(random.nextInt(4) == 0 ? 1 - loops.indexOf(loop) : loops.indexOf(loop))
                .after(takes, () -> {
                    String text = takes == 5 ? "" : run.text();
                    run.ended(time.now(), text);
                    history.log("%-6s %s ends", name, run);
                    reply.complete(text.isEmpty() ? Reply.NONE : Reply.text(text));
                });
        return reply.future();
    }

    @Override
    public String toString() {
        return name;
    }

    /** Takes the late replies. */
    private final class LateSink implements LateReplies {
        @Override
        public Future<String> send(Push push, Reply reply, Duration age, Optional<String> traceparent) {
            history.log("%-6s sends late: %s", name, reply);
            history.story(push).sent(VirtualInstance.this, reply, time.now());
            Promise<String> sent = Promise.promise();
            loops.get(random.nextInt(2))
                    .comes(random.nextLong(300_000_000), () -> sent.complete(PushesInProgress.SENT));
            return sent.future();
        }

        @Override
        public void lost(Push push, Reply reply) {
            history.log("%-6s counts as lost: %s", name, reply);
            history.story(push).lost();
        }
    }
}
