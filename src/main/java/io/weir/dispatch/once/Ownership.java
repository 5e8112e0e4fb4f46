package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.Outcome.Kind;
import io.weir.dispatch.once.PushStore.ClaimResult;
import io.weir.dispatch.once.PushStore.Expected;
import io.weir.dispatch.once.PushStore.Found;
import io.weir.dispatch.once.PushStore.KeyUse;
import io.weir.dispatch.once.Row.Acknowledged;
import io.weir.retry.Backoff;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.message.ReplyWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who runs a push: its {@link Execution}, another instance, or nobody any more. Used on the execution's event loop.
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
 */
final class Ownership {
    /** From then on an attempt that arrived a little earlier elsewhere may have been acknowledged. */
    private static final long CLOSE_TO_THE_DEADLINE = TimeUnit.SECONDS.toNanos(1);

    private static final long SHORTEST_CLAIM = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Backoff LOOKS = Backoff.doubling(Duration.ofMillis(20), Duration.ofMillis(250));

    private final Execution execution;
    private final Attempt first;
    private final JoinedAttempts attempts;
    private final Executions executions;
    private final PushStore store;
    private final OnceLimits limits;
    private final Loop loop;
    private final ClaimLimits claims;
    private ReplayKey key;
    private KeyUse use = KeyUse.NEW;
    private KeyUse found = KeyUse.UNKNOWN;
    private KeptAnswers.@Nullable Kept kept;
    /** Grows with each question to the store: an answer to an earlier one comes too late. */
    private int round;

    private int looks;
    /** Another runs it, and cannot tell its answer here, since the store is away. Read by any thread. */
    private volatile boolean unreachable;

    /** Round of the claim that the store has not answered, and that has not been given up; 0 for none. */
    private int claiming;
    /** The row is this execution's, which was stopped before it could begin: unless another takes over, it must run. */
    private boolean owed;

    Ownership(
            Execution execution,
            Attempt first,
            JoinedAttempts attempts,
            Executions executions,
            Loop loop,
            ClaimLimits claims) {
        this.execution = execution;
        this.first = first;
        this.attempts = attempts;
        this.executions = executions;
        this.store = executions.store();
        this.limits = executions.rules().limits();
        this.loop = loop;
        this.claims = claims;
        this.key = first.key();
    }

    /** The key that the push has used up: its attempt's, or one of its own where another push has that. */
    ReplayKey key() {
        return key;
    }

    /** Whether another runs it, whose answer cannot be told here at present. Any thread. */
    boolean isUnreachable() {
        return unreachable;
    }

    /** Whether a claim has not been answered. */
    boolean isClaiming() {
        return claiming != 0;
    }

    /** Whether the push must be run here although it was acknowledged: its claim was granted, and this instance was stopped. */
    boolean isOwed() {
        return owed && !execution.hasRun();
    }

    /** Begins: with what this instance knows by itself. */
    void find() {
        KeptAnswers.Kept here = executions.answers().find(execution.id());
        kept = here;
        use = executions.keys().use(key);
        if (use == KeyUse.VERIFICATION) {
            execution.refuse();
        } else if (here != null && use != KeyUse.OTHER) {
            if (use == KeyUse.NEW) {
                executions.useUp(loop, execution.id(), key);
            }
            endAs(here);
        } else if (execution.admit()) {
            claim(false);
        } else {
            executions.useUp(loop, execution.id(), key);
            execution.end(ReplyWriter.SUCCESS, Kind.SHED);
        }
    }

    /** A key that came with another body means a forgery, unless WeChat has signed the body too. */
    private boolean isForeign(KeyUse known) {
        return known == KeyUse.VERIFICATION
                || (known == KeyUse.OTHER && !first.key().covered());
    }

    // --- claiming

    /** @param again whether it has waited for an execution whose row has gone */
    private void claim(boolean again) {
        execution.undecide();
        int asked = ++round;
        claiming = asked;
        long sent = loop.nanoTime();
        Future<ClaimResult> claim = store.claim(execution.id(), key, execution.mine());
        if (claim.succeeded()) {
            claimed(claim.result(), sent, asked, again);
            return;
        }
        execution.when(claim, answer -> claimed(answer, sent, asked, again), () -> unclaimed(asked));
        if (claiming == asked) {
            claims.add(claimLimit(sent), () -> claiming != asked, () -> unclaimed(asked));
        }
    }

    /** How long the claim may take: so that the handler has a second left. */
    private long claimLimit(long now) {
        long affordable = first.deadline().atNanos() - now - CLOSE_TO_THE_DEADLINE;
        return Math.max(SHORTEST_CLAIM, Math.min(limits.claim().toNanos(), affordable));
    }

    private boolean isStill(int asked) {
        return round == asked && execution.isUndecided();
    }

    private void claimed(ClaimResult claim, long sent, int asked, boolean again) {
        boolean open = claiming == asked;
        claiming = open ? 0 : claiming;
        if (!open || !isStill(asked)) {
            claimedLate(claim, sent);
            return;
        }
        found = learn(claim.key());
        if (isForeign(found)) {
            unclaim(claim.row().isEmpty());
            execution.refuse();
            return;
        }
        execution.confirm();
        if (claim.row().isPresent()) {
            if (found == KeyUse.OTHER) {
                // Another genuine push has the pair. This one's own key must be known when its row has expired.
                executions.keys().use(first.key().apart());
                executions.useUp(loop, execution.id(), first.key());
            }
            seen(claim.row().get(), Duration.ZERO);
        } else if (kept != null) {
            unclaim(true);
            endAs(kept);
        } else if (found == KeyUse.SAME) {
            unclaim(true);
            execution.end(ReplyWriter.SUCCESS, Kind.EXPIRED);
        } else if (found == KeyUse.OTHER) {
            useApart(sent, again);
        } else {
            granted(sent, again || found == KeyUse.RECENT);
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
        int asked = ask(
                store.use(key),
                told -> {
                    found = told.or(own);
                    if (found == KeyUse.SAME) {
                        unclaim(true);
                        execution.end(ReplyWriter.SUCCESS, Kind.EXPIRED);
                    } else {
                        granted(sent, redelivered || found == KeyUse.RECENT);
                    }
                },
                () -> beginAlone(own));
        if (isStill(asked)) {
            claims.add(claimLimit(loop.nanoTime()), () -> !isStill(asked), () -> beginAlone(own));
        }
    }

    private void beginAlone(KeyUse known) {
        if (known == KeyUse.SAME) {
            execution.end(ReplyWriter.SUCCESS, Kind.EXPIRED);
        } else {
            executions.countAlone();
            execution.begin(true, true);
        }
    }

    /** Removes the row that the claim has written, since nothing runs. */
    private void unclaim(boolean written) {
        if (written) {
            store.replace(execution.id(), executions.ours(), Optional.empty());
        }
    }

    private void granted(long sent, boolean redelivered) {
        if (execution.isYoung(sent)) {
            execution.begin(sent, redelivered);
        } else {
            // The process was stopped before it read this: another may have taken over since.
            owed = true;
            look();
        }
    }

    /** The store's answer came after it was decided what to do without. */
    private void claimedLate(ClaimResult claim, long sent) {
        boolean free = claim.row().isEmpty() && claim.key().or(use) == KeyUse.NEW;
        if (execution.isAcknowledgedOnly() && free) {
            execution.begin(true, false);
        } else if (execution.isAcknowledgedOnly()) {
            // Whoever runs it does not know that it was acknowledged.
            execution.entry().leave();
            execution.end();
        } else if (free && execution.isYoung(sent)) {
            execution.ownAfterAll(sent);
        }
    }

    /** The store cannot be asked, or not in time: goes on alone. */
    private void unclaimed(int asked) {
        boolean open = claiming == asked;
        claiming = open ? 0 : claiming;
        if (!open || (!isStill(asked) && !execution.isAcknowledgedOnly())) {
            return;
        }
        if (isForeign(use)) {
            execution.refuse();
            return;
        }
        if (use == KeyUse.OTHER) {
            key = first.key().apart();
            use = executions.keys().use(key);
        }
        execution.confirm();
        if (kept != null) {
            endAs(kept);
        } else {
            beginAlone(use);
        }
    }

    // --- what stands in the row

    /** Goes by what stands in the row, which was written so long ago at least. */
    void seen(Row row, Duration age) {
        attempts.firstCameAt(row.firstMillis());
        if (row instanceof Row.Running running) {
            seenRunning(running, age);
        } else if (row instanceof Row.AnsweredRow answered && !answered.taken()) {
            take(answered);
        } else if (row instanceof Acknowledged acknowledged
                && isOwed()
                && acknowledged.isUnsentOf(executions.owner())) {
            execution.acknowledged();
            execution.begin(true, false);
        } else {
            execution.end(row.answer().orElse(ReplyWriter.SUCCESS), Kind.STORED);
        }
    }

    private void seenRunning(Row.Running running, Duration age) {
        boolean own = running.owner().equals(executions.owner());
        if (!own && age.compareTo(limits.lease()) <= 0) {
            elsewhere();
        } else if (found == KeyUse.SAME) {
            // Left behind by a recording's claim: this is another recording.
            store.replace(execution.id(), Expected.exactly(running), Optional.empty());
            execution.end(ReplyWriter.SUCCESS, Kind.EXPIRED);
        } else {
            takeOver(running);
        }
    }

    private void takeOver(Row.Running theirs) {
        long sent = loop.nanoTime();
        Row.Running own = new Row.Running(executions.owner(), 0, theirs.firstMillis());
        replace(Expected.exactly(theirs), own, () -> {
            if (execution.isYoung(sent)) {
                executions.countTakeover();
                execution.begin(sent, true);
            } else {
                owed = true;
                elsewhere();
            }
        });
    }

    /** An answer that no attempt was given yet: whoever gives it says so first, since it may be sent late otherwise. */
    private void take(Row.AnsweredRow answered) {
        if (!attempts.areAwaited()) {
            execution.leave();
            return;
        }
        Row.AnsweredRow taken = answered.given();
        replace(
                Expected.exactly(answered),
                taken,
                () -> {
                    if (attempts.areAwaited()) {
                        execution.end(answered.reply(), Kind.STORED);
                    } else {
                        putBack(taken, answered);
                        execution.leave();
                    }
                },
                () -> putBack(taken, answered));
    }

    /** Nobody was given the answer after all. */
    private void putBack(Row taken, Row untaken) {
        store.replace(execution.id(), Expected.exactly(taken), Optional.of(untaken));
    }

    private void replace(Expected expected, Row next, Runnable written) {
        replace(expected, next, written, () -> {});
    }

    /**
     * Replaces what was seen; goes by what stands there where that has changed.
     *
     * @param inVain it was written, and something else has come between
     */
    private void replace(Expected expected, Row next, Runnable written, Runnable inVain) {
        execution.undecide();
        int asked = ++round;
        execution.when(
                store.replace(execution.id(), expected, Optional.of(next)),
                swap -> {
                    if (!isStill(asked)) {
                        if (swap.written()) {
                            inVain.run();
                        }
                    } else if (swap.written()) {
                        written.run();
                    } else {
                        goOn(new Found(swap.row(), Duration.ZERO));
                    }
                },
                () -> {
                    if (isStill(asked)) {
                        elsewhere();
                    }
                });
    }

    private void goOn(Found there) {
        if (there.row().isPresent()) {
            seen(there.row().get(), there.age());
        } else {
            claim(true);
        }
    }

    /** Looks again in a while; who runs it may well be alive when the store is not. */
    private void elsewhere() {
        execution.undecide();
        int waiting = ++round;
        loop.after(LOOKS.after(++looks, 1).toMillis(), () -> {
            if (isStill(waiting)) {
                look();
            }
        });
    }

    private void look() {
        ask(
                store.find(execution.id()),
                found -> {
                    unreachable = false;
                    goOn(found);
                },
                () -> {
                    unreachable = true;
                    elsewhere();
                });
    }

    /** What the store says, as long as nothing else has come between. */
    private <T> int ask(Future<T> question, Consumer<T> then, Runnable away) {
        execution.undecide();
        int asked = ++round;
        execution.when(
                question,
                answer -> {
                    if (isStill(asked)) {
                        then.accept(answer);
                    }
                },
                () -> {
                    if (isStill(asked)) {
                        away.run();
                    }
                });
        return asked;
    }

    private void endAs(KeptAnswers.Kept here) {
        attempts.firstCameAt(here.firstMillis());
        execution.end(here.text(), Kind.STORED);
    }

    /**
     * How long claims wait for the store. Time counts only while the event loop runs: a loop that is late has not read what the store
     * said, and says nothing about the store. Used on that event loop, by one tick for all claims.
     */
    static final class ClaimLimits {
        static final long TICK_MILLIS = 100;
        private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
        /** A tick that comes so much later than it was due does not count. */
        private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

        private final ArrayDeque<Entry> entries = new ArrayDeque<>();
        private long counted;
        private long dueNanos;

        /** @param nowNanos when the ticks begin */
        ClaimLimits(long nowNanos) {
            this.dueNanos = nowNanos + TICK_NANOS;
        }

        /** @param over nothing happens when that is so */
        private record Entry(long limit, BooleanSupplier over, Runnable passed) {}

        /** Has something done when so much time has counted, unless it needs not be done any more then. */
        void add(long waitNanos, BooleanSupplier over, Runnable passed) {
            while (!entries.isEmpty() && entries.getFirst().over.getAsBoolean()) {
                entries.removeFirst();
            }
            entries.addLast(new Entry(counted + waitNanos, over, passed));
        }

        /** A tick, {@link #TICK_MILLIS} after the one before or later. */
        void tick(long nowNanos) {
            boolean onTime = nowNanos - dueNanos <= LATE_NANOS;
            dueNanos = nowNanos + TICK_NANOS;
            if (!onTime) {
                return;
            }
            counted += TICK_NANOS;
            ArrayDeque<Entry> due = new ArrayDeque<>();
            for (Iterator<Entry> all = entries.iterator(); all.hasNext(); ) {
                Entry entry = all.next();
                if (entry.over.getAsBoolean()) {
                    all.remove();
                } else if (entry.limit <= counted) {
                    all.remove();
                    due.add(entry);
                }
            }
            due.forEach(entry -> entry.passed.run());
        }
    }
}
