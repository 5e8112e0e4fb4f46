package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.Attempt.ExecutionInfo;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Outcome;
import io.weir.dispatch.Outcome.Kind;
import io.weir.dispatch.once.JoinedAttempts.JoinedAttempt;
import io.weir.dispatch.once.PushStore.Expected;
import io.weir.dispatch.once.PushStore.Swap;
import io.weir.dispatch.once.Row.Acknowledged;
import io.weir.redis.RedisException;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.ReplyWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One push at one instance: every attempt of it that comes here joins it, and it alone asks the {@link PushStore} about the push.
 * So an instance does not race itself, and what Redis says, however late, is measured against one state.
 *
 * <pre>
 *             ┌─ granted ───────────► Running ── reply ──► Settling ──► Settled: every attempt gets this answer
 *             │                          │   └─ alone, or nobody can have decided otherwise ─►  │
 *  Undecided ─┼─ Redis is away ─────► Running, alone                                           │
 *      ▲      ├─ answered elsewhere, or a recording ─────────────────────────────────────────► │
 *      │      └─ nobody waits here any more for an answer that nobody was given ─► Left        │
 *      └── taken over while it ran ──────┘                                                     │
 *  any but Settled ── deadline of an attempt ──► Settled with success ── reply ──► sent late, by one instance
 *  Settled, but no attempt was there for it ── 6 s ──► Sending ──► Settled with success, the reply sent late
 * </pre>
 *
 * <p>While it is undecided, {@link Ownership} finds out who runs the push. Before {@code success} is said to a push whose run has not
 * ended, it becomes an entry that outlives this instance: {@link WorkEntry}.
 *
 * <p>Everything happens on the event loop of the attempt that made it; {@link #join} and {@link #acknowledge} may be called on any
 * thread.
 */
final class Execution {
    /** From then on an attempt that arrived a little earlier elsewhere may have been acknowledged. */
    private static final long CLOSE_TO_THE_DEADLINE = TimeUnit.SECONDS.toNanos(1);

    /** What a push takes in memory beside its body's length, several times. */
    private static final int OVERHEAD_BYTES = 2_048;

    private static final int COPIES_OF_BODY = 4;

    private static final long KEEP_AGAIN_MILLIS = 1_000;

    private static final Undecided UNDECIDED = new Undecided();

    private final Attempt first;
    private final Loop loop;
    private final Executions executions;
    private final Executions.Rules rules;
    private final PushStore store;
    private final OnceOnly stage;
    private final JoinedAttempts attempts;
    private final long begunNanos;
    private final Ownership ownership;
    private final WorkEntry entry;
    private State state = UNDECIDED;
    private long grantedNanos;
    private int renewals;
    private boolean admitted;
    private boolean ran;
    private boolean alone;
    private boolean given;
    private volatile boolean confirmed;

    private sealed interface State permits Undecided, Running, Settling, Settled, Sending, Left {}

    /** It is being found out who runs the push. */
    private record Undecided() implements State {}

    /** @param alone whether the store does not know of it */
    private record Running(boolean alone) implements State {}

    /** The reply is there, and the store is asked whether it is the answer. */
    private record Settling(Outcome outcome) implements State {}

    private record Settled(Outcome outcome) implements State {
        boolean is(Kind kind) {
            return outcome.kind() == kind;
        }

        boolean says(String text) {
            return outcome.text().orElse("").equals(text);
        }
    }

    /** No attempt was given the answer, and the store is asked whether it may be sent late. */
    private record Sending(Outcome outcome) implements State {}

    /** Nobody waited for its answer here any more; who comes now begins anew. */
    private record Left() implements State {}

    /** @param stage on whose event loop it runs; takes attempts that must begin anew, since this turned out not to be theirs */
    Execution(Attempt first, OnceOnly stage, Executions executions) {
        this.first = first;
        this.stage = stage;
        this.loop = stage.loop();
        this.executions = executions;
        this.rules = executions.rules();
        this.store = executions.store();
        this.begunNanos = loop.nanoTime();
        this.attempts = new JoinedAttempts(first, rules, loop);
        this.entry = new WorkEntry(rules.durable(), first, attempts);
        this.ownership = new Ownership(this, first, attempts, executions, loop, stage.claims());
    }

    PushId id() {
        return first.id();
    }

    /** The attempt that made it. */
    Attempt first() {
        return first;
    }

    Push push() {
        return first.push();
    }

    private int weight() {
        return OVERHEAD_BYTES + COPIES_OF_BODY * first.request().body().length;
    }

    // --- attempts

    /** Begins, with the attempt that made it; in the table already. */
    void open(JoinedAttempt maker) {
        maker.joins(this);
        attempts.add(maker);
        ownership.find();
    }

    /** Whether there is space for one more run; counted until this ends. */
    boolean admit() {
        admitted = executions.admit(push(), weight());
        return admitted;
    }

    /** Takes a further attempt in. Any thread. */
    void join(JoinedAttempt attempt) {
        attempt.joins(this);
        loop.run(() -> {
            if (state instanceof Left) {
                stage.enter(attempt);
            } else if (confirmed && attempts.isForger(attempt)) {
                attempt.refuse(Refusal.replay());
            } else if (state instanceof Settled settled) {
                attempts.addAfter(attempt);
                attempt.answer(settled.outcome.joined());
            } else {
                attempts.add(attempt);
            }
        });
    }

    /** Whether it is known that the attempt that made it is genuine: until then an attempt with another body may be. Any thread. */
    boolean isConfirmed() {
        return confirmed;
    }

    void confirm() {
        confirmed = true;
        attempts.refuseForgers();
    }

    /** The attempt that made it is not genuine. */
    void refuse() {
        state = new Settled(Outcome.of(Kind.EXPIRED, ReplyWriter.SUCCESS));
        List<JoinedAttempt> others = attempts.takeAll();
        end();
        for (JoinedAttempt attempt : others) {
            if (attempt.attempt().key().equals(first.key())) {
                attempt.refuse(Refusal.replay());
            } else {
                stage.enter(attempt);
            }
        }
    }

    // --- asking the store

    /** What the store says, on the loop; at once where it is there already. */
    <T> void when(Future<T> asked, Consumer<T> then, Runnable away) {
        if (asked.succeeded()) {
            then.accept(asked.result());
        } else {
            asked.onComplete(answer -> loop.run(() -> then.accept(answer)), failure -> {
                if (!(failure instanceof RedisException)) {
                    Executions.logUnexpected(failure);
                }
                loop.run(away);
            });
        }
    }

    Row.Running mine() {
        return new Row.Running(executions.owner(), renewals, attempts.firstMillis());
    }

    // --- what must not be forgotten

    /** What outlives this instance of the push, when it must. */
    WorkEntry entry() {
        return entry;
    }

    // --- who runs it

    /** Whether it is not known yet who runs the push. */
    boolean isUndecided() {
        return state instanceof Undecided;
    }

    /** It is to be found out, again, who runs the push. */
    void undecide() {
        if (!(state instanceof Settled)) {
            state = UNDECIDED;
        }
    }

    /** Whether it was acknowledged before it was known who runs it. */
    boolean isAcknowledgedOnly() {
        return !ran && state instanceof Settled settled && settled.is(Kind.LATE);
    }

    /** Whether another instance runs it, whose answer cannot be told here at present. Any thread. */
    boolean isUnreachable() {
        return ownership.isUnreachable();
    }

    /** Whether it has begun to run. */
    boolean hasRun() {
        return ran;
    }

    /** The push is this instance's, as the store says after it was decided to go on alone. */
    void ownAfterAll(long sentNanos) {
        if (state instanceof Running running && running.alone) {
            grantedNanos = sentNanos;
            alone = false;
            state = new Running(false);
        }
    }

    /** Nobody waits for the answer here: it stays untaken, and its owner sends it late. */
    void leave() {
        state = new Left();
        List<JoinedAttempt> gone = attempts.takeAll();
        end();
        gone.forEach(JoinedAttempt::leave);
    }

    // --- running

    /** Runs a push that was granted to this instance. */
    void begin(long grantedSince, boolean redelivered) {
        grantedNanos = grantedSince;
        begin(redelivered, false);
    }

    /**
     * Begins the run.
     *
     * @param redelivered whether another run may have begun somewhere
     * @param without whether the store does not know of it
     */
    void begin(boolean redelivered, boolean without) {
        ran = true;
        alone = without;
        if (!(state instanceof Settled)) {
            state = new Running(without);
        }
        Deadline end = new Deadline(loop.nanoTime() + rules.limits().run().toNanos());
        if (entry.isEager()) {
            entry.keepEagerly();
        }
        Attempt run = first.running(new ExecutionInfo(attempts.numberOfMaker(), redelivered, !without, false), end);
        Future<Outcome> outcome = stage.handlers().answer(run);
        if (outcome.succeeded()) {
            ended(outcome.result());
        } else {
            HandlerRun handling = new HandlerRun(loop, end, this::ended);
            stage.runs().add(handling);
            outcome.onComplete(handling);
        }
    }

    private void ended(Outcome outcome) {
        if (entry.isEager()) {
            entry.keepEagerly()
                    .onComplete((known, full) -> loop.run(() -> {
                        if (full == null) {
                            conclude(outcome);
                        } else {
                            unkept(outcome);
                        }
                    }));
        } else {
            conclude(outcome);
        }
    }

    /** A push that must be kept before it is answered cannot be: its attempts stay unanswered until it can, or until nobody asks. */
    private void unkept(Outcome outcome) {
        if (age().compareTo(rules.limits().run()) < 0) {
            Deadlines.after(loop, KEEP_AGAIN_MILLIS, () -> ended(outcome));
        } else {
            executions.countUnkept(push());
            concluded(outcome);
        }
    }

    /** A failure is written down before anybody is told {@code success}. */
    private void conclude(Outcome outcome) {
        if (outcome.error() != null && entry.exists()) {
            entry.failed(outcome.error()).onComplete(written -> loop.run(() -> concluded(outcome)));
        } else {
            concluded(outcome);
        }
    }

    private void concluded(Outcome outcome) {
        Reply reply = outcome.reply();
        if (state instanceof Settled) {
            late(reply);
            return;
        }
        if (!(state instanceof Running running)) {
            // Taken over meanwhile: whoever did so answers.
            release();
            return;
        }
        String text = outcome.text().orElse(ReplyWriter.SUCCESS);
        boolean taken = attempts.areAwaited();
        Row.AnsweredRow answer = new Row.AnsweredRow(attempts.firstMillis(), text, taken);
        if (running.alone) {
            rules.outcomes().count(push(), outcome.kind());
            settle(outcome);
            executions.tell(loop, id(), ownership.key(), Optional.of(answer));
            finish(reply, false);
            return;
        }
        if (taken && mayAnswerFirst()) {
            settle(outcome);
        } else {
            state = new Settling(outcome);
        }
        Future<Swap> written = store.replace(id(), executions.oursOrFree(), Optional.of(answer));
        if (written.succeeded()) {
            settled(written.result(), answer, outcome);
        } else {
            when(written, swap -> settled(swap, answer, outcome), () -> {
                executions.tell(loop, id(), ownership.key(), Optional.of(answer));
                settled(Swap.WRITTEN, answer, outcome);
            });
        }
    }

    /**
     * Whether the answer may leave before the store has confirmed it, since nobody can have decided otherwise: neither by taking
     * over after the lease, nor by acknowledging an attempt that came earlier or whose deadline is near.
     */
    private boolean mayAnswerFirst() {
        long age = rules.clock().millis() - push().createTime().toEpochMilli();
        long span = first.deadline().atNanos() - first.arrivedNanos() - CLOSE_TO_THE_DEADLINE;
        return isYoung(grantedNanos)
                && age <= TimeUnit.NANOSECONDS.toMillis(span)
                && !attempts.haveADeadlineBefore(loop.nanoTime() + CLOSE_TO_THE_DEADLINE);
    }

    /** Whether what was granted then has not ended, with some time to spare. */
    boolean isYoung(long sentNanos) {
        return loop.nanoTime() - sentNanos < rules.limits().lease().toNanos() * 5 / 6;
    }

    private void settled(Swap swap, Row.AnsweredRow answer, Outcome outcome) {
        Reply reply = outcome.reply();
        if (swap.written()) {
            rules.outcomes().count(push(), outcome.kind());
            boolean acknowledged = state instanceof Settled settled && !settled.says(answer.reply());
            settle(outcome);
            if (acknowledged) {
                late(reply);
            } else {
                finish(reply, answer.taken());
            }
            return;
        }
        Row there = swap.row().orElseThrow();
        if (there instanceof Acknowledged acknowledged) {
            boolean replied = given && state instanceof Settled settled && settled.says(answer.reply());
            entry.adopt(acknowledged.entry());
            acknowledged();
            if (replied) {
                end();
            } else if (acknowledged.sent()) {
                entry.leave();
                end();
            } else {
                late(reply);
            }
        } else if (state instanceof Settled) {
            end();
        } else {
            release();
            ownership.seen(there, Duration.ZERO);
        }
    }

    /** Keeps the execution this instance's, if it belongs to the loop that this is called on. */
    void renew(Loop by) {
        if (by != loop) {
            return;
        }
        long now = loop.nanoTime();
        if (!(state instanceof Running running) || running.alone) {
            return;
        }
        if (now - grantedNanos > rules.limits().lease().toNanos() / 3) {
            renewals++;
            when(
                    store.replace(id(), executions.oursOrFree(), Optional.of(mine())),
                    swap -> renewed(swap, now),
                    () -> {});
        }
    }

    private void renewed(Swap swap, long now) {
        if (swap.written()) {
            grantedNanos = Math.max(grantedNanos, now);
        } else if (state instanceof Running
                && swap.row().orElse(null) instanceof Acknowledged there
                && there.isUnsentOf(executions.owner())) {
            // Another instance had an attempt whose deadline came.
            entry.adopt(there.entry());
            acknowledged();
        }
    }

    // --- the answer

    /** Gives every attempt the answer, those to come as well; nothing happens when there is one. */
    private void settle(Outcome outcome) {
        if (state instanceof Settled) {
            return;
        }
        state = new Settled(outcome);
        executions.answers().put(id(), attempts.firstMillis(), outcome.text().orElse(ReplyWriter.SUCCESS));
        given = attempts.areAwaited();
        List<JoinedAttempt> all = attempts.takeAll();
        for (int i = 0; i < all.size(); i++) {
            all.get(i).answer(i == 0 ? outcome : outcome.joined());
        }
    }

    /** {@code success} is the answer, unless there is one. */
    void acknowledged() {
        settle(Outcome.of(Kind.LATE, ReplyWriter.SUCCESS));
    }

    /** The deadline of an attempt has come. Any thread. */
    void acknowledge(JoinedAttempt attempt) {
        loop.run(() -> {
            if (!attempt.isDone()) {
                new Acknowledgement(this, ownership, attempts, executions, loop).of(attempt);
            }
        });
    }

    /** What it was answered; empty while there is no answer. */
    Optional<Outcome> answer() {
        return state instanceof Settled settled ? Optional.of(settled.outcome) : Optional.empty();
    }

    /** Whether the reply is there, and the store is asked. */
    boolean isDeciding() {
        return state instanceof Settling || state instanceof Sending;
    }

    boolean isRunning() {
        return state instanceof Running;
    }

    boolean isRunningAlone() {
        return state instanceof Running running && running.alone;
    }

    /** The store has not said in time whether the reply is the answer: it is. */
    void decideAlone() {
        if (state instanceof Settling settling) {
            settle(settling.outcome);
        } else if (state instanceof Sending) {
            acknowledged();
        }
    }

    // --- after the answer

    /**
     * Ends, unless no attempt was given the answer, and none comes for it.
     *
     * @param taken whether the row says that one was: others may have given it since
     */
    private void finish(Reply reply, boolean taken) {
        release();
        if (given || reply.equals(Reply.NONE)) {
            end();
        } else {
            loop.after(rules.limits().untaken().toMillis(), () -> untaken(reply, taken));
        }
    }

    private void untaken(Reply reply, boolean taken) {
        boolean joined = attempts.wereJoinedAfter();
        if (!joined && taken) {
            rules.late().lost(push(), reply);
            executions.noteLate(id(), PushesInProgress.UNCONFIRMED, reply);
        }
        if (state instanceof Settled settled && !taken) {
            String text = settled.outcome.text().orElse(ReplyWriter.SUCCESS);
            Row.AnsweredRow untaken = new Row.AnsweredRow(attempts.firstMillis(), text, false);
            if (joined) {
                store.replace(id(), Expected.exactly(untaken), Optional.of(untaken.given()));
            } else {
                state = new Sending(settled.outcome);
                lateReply(reply).send(Expected.freeOrBeginning(untaken.text()));
                return;
            }
        }
        end();
    }

    /** The reply of a push that was acknowledged. */
    private void late(Reply reply) {
        release();
        if (reply.equals(Reply.NONE)) {
            executions.noteLate(id(), PushesInProgress.NO_REPLY, reply);
            end();
        } else {
            lateReply(reply).send(Expected.freeOrBeginning(Acknowledged.UNSENT));
        }
    }

    private LateReply lateReply(Reply reply) {
        return new LateReply(this, reply, attempts.firstMillis(), alone, executions, loop);
    }

    /** How long ago it began. */
    Duration age() {
        return Duration.ofNanos(loop.nanoTime() - begunNanos);
    }

    /** @param answer what stands as the answer instead of a late reply; empty when that was sent, or is lost */
    void settleLate(Optional<String> answer) {
        settle(Outcome.of(answer.isEmpty() ? Kind.LATE : Kind.STORED, answer.orElse(ReplyWriter.SUCCESS)));
    }

    private void release() {
        if (admitted) {
            admitted = false;
            executions.release(push(), weight());
        }
    }

    void end(String text, Kind how) {
        settle(Outcome.of(how, text));
        end();
    }

    /** Nothing more will come of it here; its answer is kept. */
    void end() {
        release();
        entry.end();
        executions.remove(this);
    }
}
