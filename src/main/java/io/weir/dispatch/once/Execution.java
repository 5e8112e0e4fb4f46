package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.weir.dispatch.Answered.Way;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Dispatcher;
import io.weir.dispatch.Outcomes.Outcome;
import io.weir.dispatch.once.PushStore.Claim;
import io.weir.dispatch.once.PushStore.Expected;
import io.weir.dispatch.once.PushStore.Found;
import io.weir.dispatch.once.PushStore.KeyUse;
import io.weir.dispatch.once.PushStore.Swap;
import io.weir.dispatch.once.Row.Acknowledged;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.ReplyWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One push at one instance: every attempt of it that comes here joins it, and it alone asks the {@link PushStore} about the push.
 * So an instance does not race itself, and what Redis says, however late, is measured against one state.
 *
 * <pre>
 *            ┌─ free ──────────► Running ── reply ──► Settling ──► Settled: every attempt gets this answer
 *            │                      ▲  └─ alone, or nobody can have decided otherwise ─►  │
 *  Claiming ─┼─ run elsewhere ─► Elsewhere ── answer ──────────────────────────────────►  │
 *            │     ▲                └─ the owner's lease is over: take it over ► Running  │
 *            │     └── lost while it ran, to who took it over                             │
 *            ├─ answered, or its key is known and its answer is kept no longer ────────►  │
 *            └─ Redis is away ──► Running, alone                                          │
 *  any but Settled ── deadline of an attempt ──► Settled with success ── reply ──► sent late, by one instance
 * </pre>
 *
 * <p>What a claim means:
 *
 * <table>
 * <tr><th>row</th><th>key</th><th>then</th></tr>
 * <tr><td>none</td><td>new</td><td>runs</td></tr>
 * <tr><td>none</td><td>recent</td><td>another claim of the push came between, or the row was lost: runs, redelivered</td></tr>
 * <tr><td>none</td><td>same</td><td>a recording: {@code success}, nothing runs, the row is removed</td></tr>
 * <tr><td>none</td><td>other body</td><td>refused; with a valid msg_signature another push: runs under a key of its own</td></tr>
 * <tr><td>none or any</td><td>of a verification</td><td>refused</td></tr>
 * <tr><td>any</td><td>other body</td><td>refused; with a valid msg_signature as if the key were new</td></tr>
 * <tr><td>run by another</td><td>new, same</td><td>waits; when the row is older than a lease, takes over</td></tr>
 * <tr><td>run by this instance</td><td>new, same</td><td>an earlier claim whose answer was lost: runs, redelivered</td></tr>
 * <tr><td>answered</td><td>new, same</td><td>that is the answer</td></tr>
 * <tr><td colspan="2">Redis is away, or has not answered in time</td><td>runs alone, redelivered; {@code success} when the key is
 * known here</td></tr>
 * </table>
 *
 * Everything happens on the event loop of the attempt that made it; {@link #join}, {@link #acknowledge} and {@link #renew} may be
 * called on any thread.
 */
final class Execution {
    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);
    /** From then on an attempt that arrived a little earlier elsewhere may have been acknowledged. */
    private static final long CLOSE_TO_THE_DEADLINE = TimeUnit.SECONDS.toNanos(1);

    private static final long SHORTEST_CLAIM = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long FIRST_LOOK_MILLIS = 20;
    private static final long LONGEST_LOOK_MILLIS = 250;
    private static final int MAX_DOUBLINGS = 4;
    private static final long LATE_AGAIN_MILLIS = 2_000;
    /** What a push takes in memory beside its body's length, several times. */
    private static final int OVERHEAD_BYTES = 2_048;

    private static final int COPIES_OF_BODY = 4;

    private final Attempt first;
    private final Loop loop;
    private final Dispatcher handlers;
    private final Executions executions;
    private final Executions.Rules rules;
    private final Deadlines claims;
    private final Consumer<Waiting> again;
    private final List<Waiting> waiting = new ArrayList<>(1);
    private final int weight;
    private final long begunNanos;
    private ReplayKey key;
    private KeyUse use = KeyUse.NEW;
    private State state = new Claiming(0, false);
    private int rounds;
    /** Round of the claim that the store has not answered, and that has not been given up; 0 for none. */
    private int unanswered;

    private KeyUse found = KeyUse.UNKNOWN;
    private long firstMillis;
    private long grantedNanos;
    private int renewals;
    private boolean admitted;
    private boolean ran;
    private boolean alone;
    private boolean given;
    private boolean joinedAfter;
    private volatile boolean confirmed;
    private Answers.@Nullable Kept kept;
    private Way way = Way.HANDLED;

    private sealed interface State permits Claiming, Elsewhere, Running, Settling, Settled, Sending, Left {}

    /**
     * The store is asked.
     *
     * @param round number of the claim
     * @param again whether it has waited for an execution whose row has gone
     */
    private record Claiming(int round, boolean again) implements State {}

    /** @param looks how often it has looked what became of it */
    private record Elsewhere(int looks) implements State {}

    /** @param alone whether the store does not know of it */
    private record Running(boolean alone) implements State {}

    /** The reply is there, and the store is asked whether it is the answer. */
    private record Settling(String text) implements State {}

    private record Settled(String text, Way way) implements State {}

    /** No attempt was given the answer, and the store is asked whether it may be sent late. */
    private record Sending(String text) implements State {}

    /** Nobody waited for its answer here any more; who comes now begins anew. */
    private record Left() implements State {}

    /** @param again takes attempts that must begin anew, since this turned out not to be theirs */
    Execution(
            Attempt first,
            Loop loop,
            Dispatcher handlers,
            Executions executions,
            Deadlines claims,
            Consumer<Waiting> again) {
        this.first = first;
        this.loop = loop;
        this.handlers = handlers;
        this.executions = executions;
        this.rules = executions.rules();
        this.claims = claims;
        this.again = again;
        this.key = first.key();
        this.weight = OVERHEAD_BYTES + COPIES_OF_BODY * first.bytes();
        this.begunNanos = loop.nanoTime();
        this.firstMillis = rules.clock().millis() - sinceArrival(first);
    }

    PushId id() {
        return first.id();
    }

    /** The key of the attempt that made it. */
    ReplayKey key() {
        return first.key();
    }

    private Push push() {
        return first.push();
    }

    // --- attempts

    /** Begins, with the attempt that made it; in the table already. */
    void open(Waiting maker) {
        add(maker);
        Answers.Kept here = executions.answers().find(id());
        kept = here;
        use = executions.keys().use(key);
        if (use == KeyUse.VERIFICATION) {
            refuse();
        } else if (here != null && use != KeyUse.OTHER) {
            if (use == KeyUse.NEW) {
                executions.useUp(loop, id(), key);
            }
            settleAs(here);
        } else if (executions.admit(push(), weight)) {
            admitted = true;
            claim(false);
        } else {
            executions.useUp(loop, id(), key);
            settle(ReplyWriter.SUCCESS, Way.SHED);
            end();
        }
    }

    private void settleAs(Answers.Kept here) {
        known(here.firstMillis());
        settle(here.text(), Way.STORED);
        end();
    }

    /** A key that came with another body means a forgery, unless WeChat has signed the body too. */
    private boolean isForeign(KeyUse found) {
        return found == KeyUse.VERIFICATION || (found == KeyUse.OTHER && !first.key().covered());
    }

    /** Takes a further attempt in. Any thread. */
    void join(Waiting attempt) {
        attempt.joins(this);
        loop.run(() -> {
            if (state instanceof Left) {
                again.accept(attempt);
                return;
            }
            add(attempt);
            if (confirmed && isForger(attempt)) {
                waiting.remove(attempt);
                attempt.refuse(Refusal.replay());
            } else if (state instanceof Settled settled) {
                joinedAfter |= attempt.isAwaited();
                waiting.remove(attempt);
                attempt.answer(settled.text(), isRun(settled.way()) ? Way.JOINED : settled.way());
            }
        });
    }

    /** Whether it is known that the attempt that made it is genuine: until then an attempt with another body may be. Any thread. */
    boolean isConfirmed() {
        return confirmed;
    }

    private void confirm() {
        confirmed = true;
        for (Waiting attempt : List.copyOf(waiting)) {
            if (isForger(attempt)) {
                waiting.remove(attempt);
                attempt.refuse(Refusal.replay());
            }
        }
    }

    private boolean isForger(Waiting attempt) {
        ReplayKey other = attempt.attempt().key();
        return !other.covered()
                && other.isPairOf(first.key())
                && other.digest() != first.key().digest();
    }

    private void add(Waiting attempt) {
        attempt.joins(this);
        attempt.is(number(attempt.attempt()));
        waiting.add(attempt);
    }

    /** The first attempt, somewhere, came at that time. */
    private void known(long millis) {
        firstMillis = Math.min(firstMillis, millis);
        for (Waiting attempt : waiting) {
            attempt.is(number(attempt.attempt()));
        }
    }

    private int number(Attempt attempt) {
        return rules.limits().attempt(rules.clock().millis() - sinceArrival(attempt) - firstMillis);
    }

    private long sinceArrival(Attempt attempt) {
        return TimeUnit.NANOSECONDS.toMillis(loop.nanoTime() - attempt.arrivedNanos());
    }

    private boolean isAwaited() {
        for (Waiting attempt : waiting) {
            if (attempt.isAwaited()) {
                return true;
            }
        }
        return false;
    }

    // --- claiming

    private void claim(boolean once) {
        Claiming round = new Claiming(++rounds, once);
        state = round;
        unanswered = round.round;
        long sent = loop.nanoTime();
        Future<Claim> asked = executions.store().claim(id(), key, mine());
        if (asked.succeeded()) {
            claimed(asked.result(), sent, round);
            return;
        }
        asked.onComplete(
                claim -> loop.run(() -> claimed(claim, sent, round)), away -> loop.run(() -> unclaimed(round)));
        claims.add(sent + claimLimit(sent), () -> unanswered != round.round, () -> unclaimed(round));
    }

    /** How long the claim may take: so that the handler has a second left. */
    private long claimLimit(long now) {
        long affordable = first.deadline().atNanos() - now - CLOSE_TO_THE_DEADLINE;
        return Math.max(SHORTEST_CLAIM, Math.min(rules.limits().claim().toNanos(), affordable));
    }

    private Row.Running mine() {
        return new Row.Running(executions.owner(), renewals, firstMillis);
    }

    private Expected ours() {
        return Expected.beginning(Row.Running.ownedBy(executions.owner()));
    }

    private void claimed(Claim claim, long sent, Claiming round) {
        unanswered = unanswered == round.round ? 0 : unanswered;
        if (state != round) {
            claimedLate(claim, sent);
            return;
        }
        found = learn(claim.key());
        if (isForeign(found)) {
            unclaim(claim);
            refuse();
            return;
        }
        confirm();
        if (claim.row().isPresent()) {
            seen(claim.row().get(), Duration.ZERO);
        } else if (kept != null) {
            unclaim(claim);
            settleAs(kept);
        } else if (found == KeyUse.SAME) {
            unclaim(claim);
            settle(ReplyWriter.SUCCESS, Way.EXPIRED);
            end();
        } else if (found == KeyUse.OTHER) {
            useApart(sent, round.again);
        } else {
            granted(sent, round.again || found == KeyUse.RECENT);
        }
    }

    /** What is known of the key, and puts this instance's memory right where the store knows better. */
    private KeyUse learn(KeyUse told) {
        boolean known = told != KeyUse.UNKNOWN;
        if (known && use == KeyUse.OTHER && told != KeyUse.OTHER) {
            executions.keys().correct(key);
        } else if (told == KeyUse.OTHER && use != KeyUse.OTHER) {
            executions.keys().disown(key);
        }
        return told.or(use);
    }

    /** The pair of timestamp and nonce is another genuine push's as well: this one gets a key of its own. */
    private void useApart(long sent, boolean redelivered) {
        key = first.key().apart();
        KeyUse own = executions.keys().use(key);
        Elsewhere round = new Elsewhere(0);
        state = round;
        executions
                .store()
                .use(key)
                .onComplete(
                        told -> loop.run(() -> {
                            if (state == round) {
                                found = told.or(own);
                                usedApart(sent, redelivered);
                            }
                        }),
                        away -> loop.run(() -> beginAlone(round, own)));
        long now = loop.nanoTime();
        claims.add(now + claimLimit(now), () -> state != round, () -> beginAlone(round, own));
    }

    private void usedApart(long sent, boolean redelivered) {
        if (found == KeyUse.SAME) {
            executions.store().replace(id(), ours(), Optional.empty());
            settle(ReplyWriter.SUCCESS, Way.EXPIRED);
            end();
        } else {
            granted(sent, redelivered || found == KeyUse.RECENT);
        }
    }

    private void beginAlone(State round, KeyUse own) {
        if (state == round && own == KeyUse.SAME) {
            settle(ReplyWriter.SUCCESS, Way.EXPIRED);
            end();
        } else if (state == round) {
            executions.countAlone();
            begin(true, true);
        }
    }

    /** Removes the row that the claim has written, since nothing runs. */
    private void unclaim(Claim claim) {
        if (claim.row().isEmpty()) {
            executions.store().replace(id(), ours(), Optional.empty());
        }
    }

    private void granted(long sent, boolean redelivered) {
        if (!isYoung(sent)) {
            // The process was stopped before it read this: another may have taken over since.
            state = new Elsewhere(0);
            look();
        } else {
            grantedNanos = sent;
            begin(redelivered, false);
        }
    }

    /** The store's answer came after it was decided what to do without. */
    private void claimedLate(Claim claim, long sent) {
        boolean free = claim.row().isEmpty() && claim.key().or(use) == KeyUse.NEW;
        if (state instanceof Running running && running.alone && free && isYoung(sent)) {
            grantedNanos = sent;
            alone = false;
            state = new Running(false);
        } else if (isAcknowledgedOnly() && free) {
            begin(true, false);
        } else if (isAcknowledgedOnly()) {
            end();
        }
    }

    /** Whether it was acknowledged before it was known who runs it. */
    private boolean isAcknowledgedOnly() {
        return !ran && state instanceof Settled settled && settled.way() == Way.ACKNOWLEDGED;
    }

    /** The store cannot be asked: goes on alone. */
    private void unclaimed(Claiming round) {
        if (unanswered != round.round) {
            return;
        }
        unanswered = 0;
        if (state != round && !isAcknowledgedOnly()) {
            return;
        }
        if (isForeign(use)) {
            refuse();
            return;
        }
        if (use == KeyUse.OTHER) {
            key = first.key().apart();
            use = executions.keys().use(key);
        }
        confirm();
        if (kept != null) {
            settleAs(kept);
        } else if (use == KeyUse.SAME) {
            settle(ReplyWriter.SUCCESS, Way.EXPIRED);
            end();
        } else {
            executions.countAlone();
            begin(true, true);
        }
    }

    private void seen(Row row, Duration age) {
        known(row.firstMillis());
        if (row instanceof Row.Answered answered) {
            if (answered.taken()) {
                settle(answered.reply(), Way.STORED);
                end();
            } else {
                take(answered);
            }
        } else if (row instanceof Acknowledged) {
            settle(ReplyWriter.SUCCESS, Way.STORED);
            end();
        } else if (row instanceof Row.Running running) {
            seenRunning(running, age);
        }
    }

    private void seenRunning(Row.Running running, Duration age) {
        boolean own = running.owner().equals(executions.owner());
        if (!own && age.compareTo(rules.limits().lease()) <= 0) {
            elsewhere();
        } else if (found == KeyUse.SAME) {
            // Left behind by a recording's claim: this is another recording.
            executions.store().replace(id(), Expected.exactly(running), Optional.empty());
            settle(ReplyWriter.SUCCESS, Way.EXPIRED);
            end();
        } else {
            takeOver(running);
        }
    }

    /** An answer that no attempt was given yet: whoever gives it says so first, since it may be sent late otherwise. */
    private void take(Row.Answered answered) {
        if (!isAwaited()) {
            leave();
            return;
        }
        Row.Answered taken = new Row.Answered(answered.firstMillis(), answered.reply(), true);
        replace(Expected.exactly(answered), taken, swap -> {
            if (swap.written() && !isAwaited()) {
                executions.store().replace(id(), Expected.exactly(taken), Optional.of(answered));
                leave();
            } else if (swap.written()) {
                settle(answered.reply(), Way.STORED);
                end();
            } else {
                reconsider(swap);
            }
        });
    }

    /** Nobody waits for the answer here: it stays untaken, and its owner sends it late. */
    private void leave() {
        state = new Left();
        List<Waiting> gone = List.copyOf(waiting);
        waiting.clear();
        end();
        gone.forEach(Waiting::leave);
    }

    private void takeOver(Row.Running theirs) {
        long sent = loop.nanoTime();
        replace(Expected.exactly(theirs), new Row.Running(executions.owner(), 0, theirs.firstMillis()), swap -> {
            if (!swap.written()) {
                reconsider(swap);
            } else if (isYoung(sent)) {
                grantedNanos = sent;
                executions.countTakeover();
                begin(true, false);
            } else {
                elsewhere();
            }
        });
    }

    /** Of a replacement that met something else than was seen. */
    private void reconsider(Swap swap) {
        if (swap.row().isPresent()) {
            seen(swap.row().get(), Duration.ZERO);
        } else {
            claim(true);
        }
    }

    /** Replaces the row while it is being found out who runs the push. */
    private void replace(Expected expected, Row next, Consumer<Swap> then) {
        Elsewhere round = new Elsewhere(0);
        state = round;
        executions
                .store()
                .replace(id(), expected, Optional.of(next))
                .onComplete(
                        swap -> loop.run(() -> {
                            if (state == round) {
                                then.accept(swap);
                            }
                        }),
                        away -> loop.run(() -> {
                            if (state == round) {
                                elsewhere();
                            }
                        }));
    }

    // --- run elsewhere

    /** Looks again in a while; who runs it may well be alive when the store is not. */
    private void elsewhere() {
        int looks = state instanceof Elsewhere before ? before.looks + 1 : 0;
        Elsewhere round = new Elsewhere(looks);
        state = round;
        long pause = Math.min(LONGEST_LOOK_MILLIS, FIRST_LOOK_MILLIS << Math.min(MAX_DOUBLINGS, looks));
        loop.after(pause, () -> {
            if (state == round) {
                look();
            }
        });
    }

    private void look() {
        State round = state;
        executions
                .store()
                .find(id())
                .onComplete(
                        found -> loop.run(() -> {
                            if (state == round) {
                                found(found);
                            }
                        }),
                        away -> loop.run(() -> {
                            if (state == round) {
                                elsewhere();
                            }
                        }));
    }

    private void found(Found found) {
        if (found.row().isPresent()) {
            seen(found.row().get(), found.age());
        } else {
            claim(true);
        }
    }

    // --- running

    /**
     * Begins the run.
     *
     * @param redelivered whether another run may have begun somewhere
     */
    private void begin(boolean redelivered, boolean without) {
        ran = true;
        alone = without;
        if (!(state instanceof Settled)) {
            state = new Running(without);
        }
        way = redelivered && !without ? Way.TAKEN_OVER : Way.HANDLED;
        Deadline end = new Deadline(loop.nanoTime() + rules.limits().run().toNanos());
        Delivery<?> delivery =
                new Delivery<>(push(), id().text(), end, number(first), redelivered, !without, false);
        Future.<Delivery<?>>succeededFuture(delivery)
                .compose(handlers::dispatch)
                .onComplete(reply -> loop.run(() -> replied(reply)), failure -> loop.run(() -> failed(failure)));
    }

    private void replied(Reply reply) {
        ended(reply, reply.equals(Reply.NONE) ? Outcome.SUCCESS : Outcome.REPLY);
    }

    private void failed(Throwable failure) {
        boolean unhandled = failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
        ended(Reply.NONE, unhandled ? Outcome.UNHANDLED : Outcome.FAILED);
    }

    private void ended(Reply reply, Outcome outcome) {
        if (state instanceof Settled) {
            late(reply);
            return;
        }
        if (!(state instanceof Running running)) {
            // Taken over meanwhile: whoever did so answers.
            release();
            return;
        }
        String text = text(reply);
        boolean taken = isAwaited();
        Row.Answered answer = new Row.Answered(firstMillis, text, taken);
        if (running.alone) {
            rules.outcomes().count(push(), outcome);
            settle(text, way);
            executions.tell(loop, id(), key, Optional.of(answer));
            finish(reply, false);
            return;
        }
        if (taken && mayAnswerFirst()) {
            settle(text, way);
        } else {
            state = new Settling(text);
        }
        executions
                .store()
                .replace(id(), Expected.freeOrBeginning(ours().text()), Optional.of(answer))
                .onComplete(
                        swap -> loop.run(() -> settled(swap, answer, reply, outcome)),
                        away -> loop.run(() -> {
                            executions.tell(loop, id(), key, Optional.of(answer));
                            settled(Swap.WRITTEN, answer, reply, outcome);
                        }));
    }

    /**
     * Whether the answer may leave before the store has confirmed it, since nobody can have decided otherwise: neither by taking
     * over after the lease, nor by acknowledging an attempt that came earlier or whose deadline is near.
     */
    private boolean mayAnswerFirst() {
        long now = loop.nanoTime();
        long age = rules.clock().millis() - push().createTime().toEpochMilli();
        if (!isYoung(grantedNanos) || age > TimeUnit.NANOSECONDS.toMillis(span() - CLOSE_TO_THE_DEADLINE)) {
            return false;
        }
        for (Waiting attempt : waiting) {
            if (attempt.attempt().deadline().atNanos() - now < CLOSE_TO_THE_DEADLINE) {
                return false;
            }
        }
        return true;
    }

    /** From the arrival of an attempt to its deadline. */
    private long span() {
        return first.deadline().atNanos() - first.arrivedNanos();
    }

    /** Whether what was granted then has not ended, with some time to spare. */
    private boolean isYoung(long sentNanos) {
        return loop.nanoTime() - sentNanos < rules.limits().lease().toNanos() * 5 / 6;
    }

    private void settled(Swap swap, Row.Answered answer, Reply reply, Outcome outcome) {
        if (swap.written()) {
            rules.outcomes().count(push(), outcome);
            boolean acknowledged = state instanceof Settled settled && !settled.text().equals(answer.reply());
            settle(answer.reply(), way);
            if (acknowledged) {
                late(reply);
            } else {
                finish(reply, answer.taken());
            }
            return;
        }
        Row there = swap.row().orElseThrow();
        if (there instanceof Acknowledged acknowledged) {
            boolean replied = given && isSettledWith(answer.reply());
            settle(ReplyWriter.SUCCESS, Way.ACKNOWLEDGED);
            if (replied || !acknowledged.sender().isEmpty()) {
                end();
            } else {
                late(reply);
            }
        } else if (state instanceof Settled) {
            end();
        } else {
            release();
            seen(there, Duration.ZERO);
        }
    }

    private boolean isSettledWith(String text) {
        return state instanceof Settled settled && settled.text().equals(text);
    }

    private String text(Reply reply) {
        try {
            return ReplyWriter.write(reply, push(), rules.clock().instant());
        } catch (RuntimeException bug) {
            LOG.atError()
                    .addKeyValue("account", push().account())
                    .addKeyValue("type", push().type().wireName())
                    .setCause(bug)
                    .log("reply could not be written, push answered with success");
            return ReplyWriter.SUCCESS;
        }
    }

    /** Keeps the execution this instance's. Any thread. */
    void renew(Loop by) {
        if (by == loop) {
            renew();
        }
    }

    private void renew() {
        long now = loop.nanoTime();
        boolean owned = state instanceof Running running && !running.alone;
        if (owned && now - grantedNanos > rules.limits().lease().toNanos() / 3) {
            renewals++;
            executions
                    .store()
                    .replace(id(), Expected.freeOrBeginning(ours().text()), Optional.of(mine()))
                    .onSuccess(swap -> loop.run(() -> {
                        if (swap.written()) {
                            grantedNanos = Math.max(grantedNanos, now);
                        }
                    }));
        }
    }

    // --- the answer

    /** Gives every attempt the answer, those to come as well; nothing happens when there is one. */
    private void settle(String text, Way how) {
        if (state instanceof Settled) {
            return;
        }
        state = new Settled(text, how);
        executions.answers().put(id(), firstMillis, text);
        given = isAwaited();
        boolean maker = true;
        for (Waiting attempt : List.copyOf(waiting)) {
            attempt.answer(text, maker || !isRun(how) ? how : Way.JOINED);
            maker = false;
        }
        waiting.clear();
    }

    private static boolean isRun(Way how) {
        return how == Way.HANDLED || how == Way.TAKEN_OVER;
    }

    private void refuse() {
        List<Waiting> others = List.copyOf(waiting);
        state = new Settled(ReplyWriter.SUCCESS, Way.EXPIRED);
        waiting.clear();
        end();
        for (Waiting attempt : others) {
            if (attempt.attempt().key().equals(first.key())) {
                attempt.refuse(Refusal.replay());
            } else {
                again.accept(attempt);
            }
        }
    }

    /** The deadline of an attempt has come: {@code success} is the answer from now on, unless there is one. Any thread. */
    void acknowledge(Waiting attempt) {
        loop.run(() -> {
            if (attempt.isDone()) {
                return;
            }
            if (state instanceof Settled settled) {
                attempt.answer(settled.text(), settled.way());
                return;
            }
            if (state instanceof Running running && running.alone) {
                acknowledged();
                executions.tell(loop, id(), key, Optional.of(new Acknowledged(firstMillis, "")));
                return;
            }
            if (!(state instanceof Settling) && !(state instanceof Sending)) {
                acknowledge(state instanceof Running ? ours() : Expected.FREE);
            }
            loop.after(rules.limits().acknowledge().toMillis(), this::acknowledgeAlone);
        });
    }

    private void acknowledge(Expected expected) {
        executions
                .store()
                .replace(id(), expected, Optional.of(new Acknowledged(firstMillis, "")))
                .onSuccess(swap -> loop.run(() -> acknowledged(swap)));
    }

    private void acknowledged(Swap swap) {
        if (state instanceof Settled || state instanceof Settling || state instanceof Sending) {
            return;
        }
        if (swap.written()) {
            acknowledged();
        } else if (swap.row().isEmpty()) {
            acknowledge(Expected.FREE);
        } else if (swap.row().get() instanceof Row.Running running) {
            acknowledge(Expected.exactly(running));
        } else {
            seen(swap.row().get(), Duration.ZERO);
        }
    }

    private void acknowledged() {
        rules.outcomes().count(push(), Outcome.LATE);
        boolean mayEnd = state instanceof Elsewhere;
        settle(ReplyWriter.SUCCESS, Way.ACKNOWLEDGED);
        if (mayEnd) {
            end();
        }
    }

    /** The store has not said in time who may decide. */
    private void acknowledgeAlone() {
        if (state instanceof Settling settling) {
            settle(settling.text, way);
        } else if (state instanceof Sending) {
            settle(ReplyWriter.SUCCESS, Way.ACKNOWLEDGED);
        } else if (!(state instanceof Settled)) {
            acknowledged();
            executions.tell(loop, id(), key, Optional.of(new Acknowledged(firstMillis, "")));
        }
    }

    // --- what no attempt was given

    /**
     * After the answer: ends, unless no attempt was given it, and none comes for it.
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
        if (!joinedAfter && taken) {
            rules.late().lost(push(), reply);
        }
        if (joinedAfter || taken) {
            end();
        } else if (state instanceof Settled settled) {
            Row.Answered answer = new Row.Answered(firstMillis, settled.text(), false);
            state = new Sending(settled.text());
            sendLate(Expected.freeOrBeginning(answer.text()), reply);
        }
    }

    /** The reply of a push that was acknowledged. */
    private void late(Reply reply) {
        release();
        if (reply.equals(Reply.NONE)) {
            end();
        } else {
            sendLate(Expected.freeOrBeginning(Acknowledged.UNSENT), reply);
        }
    }

    /** Sends a reply that came too late for every attempt, if no other instance does. */
    private void sendLate(Expected expected, Reply reply) {
        executions
                .store()
                .replace(id(), expected, Optional.of(new Acknowledged(firstMillis, executions.owner())))
                .onComplete(
                        swap -> loop.run(() -> {
                            if (swap.written() || isSentFromHere(swap)) {
                                send(reply);
                            } else {
                                notSent(swap, expected, reply);
                            }
                        }),
                        away -> loop.run(() -> sendLateAgain(expected, reply)));
    }

    private void notSent(Swap swap, Expected expected, Reply reply) {
        Expected unsent = Expected.freeOrBeginning(Acknowledged.UNSENT);
        Optional<String> row = swap.row().map(Row::text);
        if (ours().fits(row) && !expected.equals(ours())) {
            // The store has not been told yet what was decided without it, or has lost it.
            sendLate(ours(), reply);
        } else if (unsent.fits(row) && !expected.equals(unsent)) {
            sendLate(unsent, reply);
        } else {
            if (state instanceof Sending sending) {
                settle(swap.row().flatMap(Row::answer).orElse(sending.text), Way.STORED);
            }
            end();
        }
    }

    /** It was asked before, and the answer to that was lost. */
    private boolean isSentFromHere(Swap swap) {
        return swap.row().orElse(null) instanceof Acknowledged acknowledged
                && acknowledged.sender().equals(executions.owner());
    }

    private void sendLateAgain(Expected expected, Reply reply) {
        Duration age = age();
        if (alone) {
            send(reply);
        } else if (age.compareTo(rules.limits().run()) > 0) {
            rules.late().lost(push(), reply);
            settle(ReplyWriter.SUCCESS, Way.ACKNOWLEDGED);
            end();
        } else {
            loop.after(LATE_AGAIN_MILLIS, () -> sendLate(expected, reply));
        }
    }

    private Duration age() {
        return Duration.ofNanos(loop.nanoTime() - begunNanos);
    }

    private void send(Reply reply) {
        settle(ReplyWriter.SUCCESS, Way.ACKNOWLEDGED);
        rules.late().send(push(), reply, age()).onComplete(sent -> loop.run(this::end));
    }

    private void release() {
        if (admitted) {
            admitted = false;
            executions.release(push(), weight);
        }
    }

    /** Nothing more will come of it here; its answer is kept. */
    private void end() {
        release();
        executions.remove(this);
    }
}
