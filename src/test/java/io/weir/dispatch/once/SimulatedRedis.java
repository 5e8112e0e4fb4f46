package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.message.PushId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A Redis with the network before it: commands take their time both ways, an outage swallows them, their answers or both, or has
 * them fail at once, and a failover loses what was written last. One thread.
 */
final class SimulatedRedis {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long STOPPED = 50 * MILLI;
    private static final long TURN = 2 * MILLI;
    private static final double[] THERE_MILLIS = {0.2, 0.5, 2};
    private static final double[] BACK_MILLIS = {0.3, 1, 3, 3};
    /** Between the two writes of a claim others may come, and the connection may end. */
    private static final double[] CLAIM_MILLIS = {0, 0.01, 0.4};

    private final VirtualScheduler time;
    private final SplittableRandom random;
    private final OnceHistory history;
    private final MemoryPushStore rows;
    private final List<Outage> outages = new ArrayList<>();
    private final List<Command<?>> pending = new ArrayList<>();
    private final ArrayDeque<Write> written = new ArrayDeque<>();
    private final long limitNanos;
    private final double slow;
    private @Nullable PushId writing;

    /**
     * @param limitMillis after which a command without an answer fails
     * @param slow which share of the commands takes seconds
     */
    SimulatedRedis(
            VirtualScheduler time,
            SplittableRandom random,
            OnceHistory history,
            OnceLimits limits,
            long limitMillis,
            double slow) {
        this.time = time;
        this.random = random;
        this.history = history;
        this.rows = new MemoryPushStore(limits, time::nanoTime);
        this.limitNanos = limitMillis * MILLI;
        this.slow = slow;
    }

    /** How Redis is away. */
    enum Kind {
        /** Nothing arrives; some of it does when the network is back. */
        SILENT,
        /** Commands are carried out, and their answers are lost. */
        DEAF,
        /** Connections end, and no new ones are made. */
        REFUSED
    }

    /**
     * A time in which some instances, or all, cannot ask.
     *
     * @param noticedNanos from when on commands fail at once
     * @param slots whom it concerns
     */
    record Outage(Kind kind, long fromNanos, long untilNanos, long noticedNanos, Set<Integer> slots) {
        boolean concerns(VirtualInstance instance, long now) {
            return fromNanos <= now && now < untilNanos && slots.contains(instance.slot());
        }
    }

    private record Write(long atNanos, @Nullable PushId id, Runnable undo) {}

    void away(Outage outage) {
        outages.add(outage);
        if (outage.kind == Kind.REFUSED) {
            time.after(outage.fromNanos - time.now(), () -> disconnect(outage));
        }
    }

    private void disconnect(Outage outage) {
        history.log("redis  connections end %s", outage);
        for (Command<?> command : List.copyOf(pending)) {
            if (outage.concerns(command.from, time.now())) {
                command.lose();
            }
        }
    }

    /** From now on writes can be lost; without it they are not remembered. */
    void remembersWrites() {
        rows.journal(undo -> written.add(new Write(time.now(), writing, undo)));
    }

    /** A replica takes over that had not got what was written so long before. */
    void failOver(long lostNanos) {
        history.log("redis  failover, the last %.1f ms of writes are lost", lostNanos / 1e6);
        while (!written.isEmpty() && written.getLast().atNanos > time.now() - lostNanos) {
            Write write = written.removeLast();
            write.undo.run();
            if (write.id != null) {
                history.story(write.id).lostWrite();
            }
        }
    }

    /** Whether an instance cannot ask at present. */
    boolean isAway(VirtualInstance instance) {
        return outageOf(instance) != null;
    }

    private @Nullable Outage outageOf(VirtualInstance instance) {
        for (Outage outage : outages) {
            if (outage.concerns(instance, time.now())) {
                return outage;
            }
        }
        return null;
    }

    /** As an instance sees it. */
    PushStore seenBy(VirtualInstance instance) {
        return new PushStore() {
            @Override
            public Future<ClaimResult> claim(PushId id, ReplayKey key, Row.Running mine) {
                Command<ClaimResult> command = new Command<>(
                        instance,
                        id,
                        described(() -> "claim " + mine.text()),
                        there -> new ClaimResult(there, rows.useKey(key)));
                return command.after(() -> rows.claimRow(id, mine)).send();
            }

            @Override
            public Future<Found> find(PushId id) {
                return new Command<>(
                                instance, id, "find", there -> rows.find(id).result())
                        .send();
            }

            @Override
            public Future<Swap> replace(PushId id, Expected expected, Optional<Row> next) {
                String what = described(() -> "replace " + expected.how() + " '" + expected.text() + "' by "
                        + next.map(Row::text).orElse("nothing"));
                return new Command<>(
                                instance,
                                id,
                                what,
                                there -> rows.replace(id, expected, next).result())
                        .send();
            }

            @Override
            public Future<KeyUse> use(ReplayKey key) {
                OnceHistory.Story story = history.story(key);
                PushId id = story == null ? null : story.id();
                return new Command<>(instance, id, "use", there -> rows.use(key).result()).send();
            }
        };
    }

    private String described(Supplier<String> what) {
        return history.isVerbose() ? what.get() : "";
    }

    /** A command on its way. */
    private final class Command<T> {
        private final VirtualInstance from;
        private final @Nullable PushId id;
        private final String what;
        private final Promise<T> promise = Promise.promise();
        private final OnceHistory.@Nullable Asked asked;
        private final Function<Optional<Row>, T> work;
        private Optional<Row> there = Optional.empty();
        private @Nullable Supplier<Optional<Row>> before;

        Command(VirtualInstance from, @Nullable PushId id, String what, Function<Optional<Row>, T> work) {
            this.from = from;
            this.id = id;
            this.what = what;
            this.work = work;
            this.asked = id == null ? null : history.story(id).asked(from, time.now());
        }

        /** Has Redis read or write a row first, and then pause so that others come between. */
        Command<T> after(Supplier<Optional<Row>> first) {
            before = first;
            return this;
        }

        Future<T> send() {
            Outage outage = outageOf(from);
            if (outage != null && time.now() >= outage.noticedNanos) {
                history.log("%-6s %s %s: Redis is away", from, name(), what);
                if (asked != null) {
                    asked.failed(time.now());
                }
                return Future.failedFuture(new Away());
            }
            history.log("%-6s %s %s", from, name(), what);
            pending.add(this);
            if (from.isConnectionStopped(time.now())) {
                from.passesConnection(this::leaves);
            } else {
                leaves();
            }
            giveUpAfter(time.now());
            return promise.future();
        }

        /** As {@code ResponseTimeout} does: once more as long when its own process was stopped, since the answer may lie there unread. */
        private void giveUpAfter(long begin) {
            long due = begin + limitNanos;
            time.after(
                    due - time.now(),
                    () -> from.passesConnection(() -> {
                        if (time.now() - due < STOPPED) {
                            // What had arrived before is read first.
                            time.after(TURN, () -> fail("no answer"));
                        } else {
                            giveUpAfter(time.now());
                        }
                    }));
        }

        private void leaves() {
            time.after(millis(THERE_MILLIS) + spike(), this::arrives);
        }

        private String name() {
            return id == null ? "-" : history.story(id).name();
        }

        private void arrives() {
            Outage outage = outageOf(from);
            if (outage != null && outage.kind == Kind.SILENT) {
                if (random.nextInt(3) == 0) {
                    time.after(outage.untilNanos - time.now() + millis(THERE_MILLIS), this::arrives);
                }
            } else if (outage != null && outage.kind == Kind.REFUSED && random.nextBoolean()) {
                history.log("redis  %s %s never arrives", name(), what);
            } else if (before != null) {
                writing = id;
                there = before.get();
                time.after(millis(CLAIM_MILLIS), this::worked);
            } else {
                worked();
            }
        }

        private void worked() {
            Outage outage = outageOf(from);
            if (before != null && outage != null && outage.kind != Kind.DEAF) {
                // The connection ended between the two writes of a claim.
                return;
            }
            writing = id;
            T result = work.apply(there);
            boolean lost = outage != null;
            history.log("redis  %s %s of %s: %s%s", name(), what, from, result, lost ? ", the answer is lost" : "");
            if (!lost) {
                long back = random.nextInt(100) == 0 ? 200 * MILLI : millis(BACK_MILLIS);
                time.after(back + spike(), () -> answered(result));
            }
        }

        private void answered(T result) {
            // That its process was stopped as a whole is no excuse for taking Redis for being away.
            if (!from.isConnectionStopped(time.now())) {
                wasAnswered();
            }
            from.passesConnection(() -> {
                wasAnswered();
                if (pending.remove(this)) {
                    promise.tryComplete(result);
                }
            });
        }

        private void wasAnswered() {
            if (asked != null) {
                asked.answered(time.now());
            }
        }

        void lose() {
            if (asked != null && pending.contains(this)) {
                asked.lost(time.now());
            }
            fail("the connection ended");
        }

        void fail(String why) {
            if (pending.remove(this)) {
                history.log("redis  %s %s of %s fails: %s", name(), what, from, why);
                if (asked != null) {
                    asked.failed(time.now());
                }
                from.passesConnection(() -> promise.tryFail(new Away()));
            }
        }
    }

    private long millis(double[] choices) {
        return (long) (choices[random.nextInt(choices.length)] * (0.5 + random.nextDouble()) * MILLI);
    }

    private long spike() {
        return slow > 0 && random.nextDouble() < slow ? random.nextLong(4_000) * MILLI : 0;
    }

    /** The answer was not to be had. */
    private static final class Away extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Away() {
            super("Redis is away", null, false, false);
        }
    }
}
