package io.weir.dispatch.once;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.dispatch.Answered;
import io.weir.dispatch.Answered.Way;
import io.weir.dispatch.Arrival;
import io.weir.dispatch.Corridor;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Dispatcher;
import io.weir.dispatch.Outcomes;
import io.weir.dispatch.once.PushStore.Asking;
import io.weir.dispatch.once.PushStore.Claimed;
import io.weir.dispatch.once.PushStore.Claimed.Finished;
import io.weir.dispatch.once.PushStore.Claimed.Forged;
import io.weir.dispatch.once.PushStore.Claimed.Running;
import io.weir.dispatch.once.PushStore.Claimed.Started;
import io.weir.wechat.message.Push;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The corridor: lets a push be handled by one run, whatever number of attempts come and wherever, and brings every attempt the
 * answer of that run, by the attempt's deadline.
 *
 * <p>The first attempt claims the push in the {@link PushStore} and runs it. Another that comes meanwhile waits for the run:
 * for that of this instance in {@link Runs}, for another's by asking the store again. When an attempt's deadline comes
 * before the answer, {@code success} becomes the push's answer, or, where the handler's kind says so, the attempt is left to
 * lapse and WeChat asks again; a reply that no attempt took goes to {@link LateReplies}.
 *
 * <p>Made and used on one event loop; one for each.
 */
public final class OnceCorridor implements Corridor {
    /** From then on another attempt, which arrived a little earlier elsewhere, may have been acknowledged. */
    private static final Duration CLOSE_TO_THE_DEADLINE = Duration.ofSeconds(1);

    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 250;
    private static final int MAX_DOUBLINGS = 5;

    private final Vertx vertx;
    private final Context context;
    private final Dispatcher inner;
    private final Runs runs;
    private final Rules rules;
    private final AttemptEnd attemptEnd;
    private final RunEnd runEnd;

    /**
     * What a corridor goes by, the same on all event loops.
     *
     * @param lapses decides which late attempts lapse
     * @param late takes the replies that come too late
     * @param outcomes counts
     * @param clock gives the replies their CreateTime
     */
    public record Rules(OnceLimits limits, Lapses lapses, LateReplies late, Outcomes outcomes, Clock clock) {}

    /** @param inner brings the reply of a run; on this event loop */
    public OnceCorridor(Vertx vertx, Dispatcher inner, Runs runs, Rules rules) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.inner = inner;
        this.runs = runs;
        this.rules = rules;
        this.attemptEnd = new AttemptEnd(vertx, runs, rules);
        this.runEnd = new RunEnd(vertx, runs, rules, attempt -> attempt.run(() -> await(attempt)));
    }

    @Override
    public Future<Answered> answer(Arrival arrival) {
        Attempt attempt = new Attempt(arrival, context);
        boolean runsHere = runs.find(arrival.id()).isPresent();
        ask(attempt, runsHere ? Asking.ARRIVED_AT_OWNER : Asking.ARRIVED);
        if (!attempt.isDone()) {
            attemptEnd.watch(attempt);
        }
        return attempt.future().onSuccess(answered -> count(arrival.push(), answered.way()));
    }

    private void count(Push push, Way way) {
        if (way != Way.HANDLED) {
            rules.outcomes().count(push, way);
        }
    }

    private void ask(Attempt attempt, Asking asking) {
        Arrival arrival = attempt.arrival();
        attempt.asks();
        Future<Claimed> claim = runs.store().claim(arrival.id(), arrival.stamp(), runs.holder(), asking);
        if (claim.succeeded()) {
            claimed(attempt, claim.result(), asking);
        } else {
            claim.onSuccess(claimed -> attempt.run(() -> claimed(attempt, claimed, asking)))
                    .onFailure(bug -> attempt.run(() -> unclaimed(attempt, asking, bug)));
        }
    }

    private void claimed(Attempt attempt, Claimed claimed, Asking asking) {
        boolean again = asking == Asking.WAITING;
        if (claimed instanceof Started started) {
            if (!runs.isFresh(attempt.askedNanos(), System.nanoTime())) {
                // The process was stopped before it read this: another may have taken over since.
                ask(attempt, Asking.WAITING);
                return;
            }
            attempt.is(started.redelivered() ? Way.TAKEN_OVER : Way.HANDLED, started.attempt());
            begin(attempt, started);
        } else if (claimed instanceof Finished finished) {
            attempt.is(again ? Way.JOINED : Way.STORED, again ? attempt.number() : finished.attempt());
            attempt.answer(finished.answer());
        } else if (claimed instanceof Running running) {
            attempt.is(Way.JOINED, again ? attempt.number() : running.attempt());
            await(attempt);
        } else if (claimed instanceof Forged) {
            attempt.refuse();
        }
    }

    /** Better twice than not at all. */
    private void unclaimed(Attempt attempt, Asking asking, Throwable bug) {
        Faults.tell("what is known of a push could not be read", bug);
        if (asking == Asking.WAITING) {
            await(attempt);
        } else {
            begin(attempt, new Started(1, false));
        }
    }

    /** Waits for the run that somebody has. */
    private void await(Attempt attempt) {
        Optional<Run> here = runs.find(attempt.arrival().id());
        if (here.isPresent() && here.get().join(attempt)) {
            return;
        }
        if (!attempt.isDone()) {
            long pause =
                    Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(MAX_DOUBLINGS, attempt.questions()));
            vertx.setTimer(pause, waited -> askAgain(attempt));
        }
    }

    private void askAgain(Attempt attempt) {
        Optional<Run> here = runs.find(attempt.arrival().id());
        boolean joined = here.isPresent() && here.get().join(attempt);
        if (!joined && !attempt.isDone()) {
            ask(attempt, Asking.WAITING);
        }
    }

    private void begin(Attempt attempt, Started started) {
        Push push = attempt.arrival().push();
        long settledFirst = started.redelivered()
                ? attempt.askedNanos()
                : attempt.arrival().deadline().atNanos() - CLOSE_TO_THE_DEADLINE.toNanos();
        Run run = new Run(push, attempt.arrival().id(), attempt.askedNanos(), settledFirst);
        Optional<Run> other = runs.begin(run);
        if (other.isPresent()) {
            attempt.is(Way.JOINED, started.attempt());
            if (!other.get().join(attempt)) {
                await(attempt);
            }
            return;
        }
        run.join(attempt);
        Deadline end = Deadline.in(rules.limits().run());
        Delivery<?> delivery = new Delivery<>(push, end, started.attempt(), started.redelivered());
        Future.<Delivery<?>>succeededFuture(delivery)
                .compose(inner::dispatch)
                .onSuccess(reply -> runEnd.replied(run, reply))
                .onFailure(failure -> runEnd.failed(run, failure));
    }
}
