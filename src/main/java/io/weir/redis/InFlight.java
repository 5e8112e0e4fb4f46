package io.weir.redis;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Everything that waits for Redis, oldest first: commands, and the steps of a connection that is being made. One that ran into
 * its limit has failed and keeps its place until its answer comes, since the answers come in order. {@link #admit} may be
 * called by any thread, all else by the event loop of the link.
 */
final class InFlight {
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final AtomicInteger size = new AtomicInteger();
    private final int limit;

    /** @param limit how many commands may wait */
    InFlight(int limit) {
        this.limit = limit;
    }

    /** Takes a place for a command that will be added; false: there is none. */
    boolean admit() {
        if (size.incrementAndGet() > limit) {
            size.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Gives back the place of a command that was not added. */
    void dismiss() {
        size.decrementAndGet();
    }

    void add(Entry entry) {
        entries.add(entry);
    }

    /** Fails with {@link RedisFault#TIMEOUT} when the step is not done by then. */
    <T> Future<T> limited(Future<T> step, long deadline) {
        size.incrementAndGet();
        Step<T> entry = new Step<>(deadline);
        add(entry);
        step.onComplete(done -> {
            leave(entry);
            entry.end(done);
        });
        return entry.promise.future();
    }

    /** Takes one out, which has been answered. */
    void leave(Entry entry) {
        entry.answered = true;
        while (!entries.isEmpty() && entries.getFirst().answered) {
            entries.removeFirst();
            size.decrementAndGet();
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    List<Entry> all() {
        return List.copyOf(entries);
    }

    boolean hasDue(long counted) {
        return entries.stream().anyMatch(entry -> entry.isDue(counted));
    }

    /** Fails what has run into its limit; says how many that were. */
    int failDue(long counted) {
        RedisException failure = timeout();
        List<Entry> due = entries.stream().filter(entry -> entry.isDue(counted)).toList();
        due.forEach(entry -> entry.giveUp(failure));
        return due.size();
    }

    /** Fails everything and forgets it; says how many that were. */
    int failAll(RedisException failure) {
        List<Entry> all = entries.stream().filter(entry -> !entry.isGivenUp()).toList();
        size.addAndGet(-entries.size());
        entries.clear();
        all.forEach(entry -> entry.giveUp(failure));
        return all.size();
    }

    static RedisException timeout() {
        return new RedisException(RedisFault.TIMEOUT, "Redis did not answer in time");
    }

    /** One that waits. */
    abstract static class Entry {
        private final long deadline;
        private boolean answered;
        private boolean givenUp;

        Entry(long deadline) {
            this.deadline = deadline;
        }

        boolean isGivenUp() {
            return givenUp;
        }

        private boolean isDue(long counted) {
            return !answered && !givenUp && counted - deadline >= 0;
        }

        private void giveUp(RedisException failure) {
            if (!givenUp) {
                givenUp = true;
                fail(failure);
            }
        }

        /** Called once at most, and not after an answer. */
        abstract void fail(RedisException failure);
    }

    private static final class Step<T> extends Entry {
        private final Promise<T> promise = Promise.promise();

        Step(long deadline) {
            super(deadline);
        }

        void end(AsyncResult<T> done) {
            if (done.succeeded()) {
                promise.tryComplete(done.result());
            } else {
                promise.tryFail(done.cause());
            }
        }

        @Override
        void fail(RedisException failure) {
            promise.tryFail(failure);
        }
    }

    /** A command that waits for its answer, or several that are written and answered together. */
    static final class RedisCommand extends Entry {
        /** Those of the code: making one costs as much as writing it. */
        private static final Map<String, Command> COMMANDS = new ConcurrentHashMap<>();

        private final List<Request> requests;
        private final Promise<RedisAnswer> answer;
        private final Optional<Context> caller;
        private long writtenNanos;

        /**
         * One that is to be written.
         *
         * @param requests one, or several that are answered together
         * @param caller where the answer is told, since the caller may keep state that belongs to its event loop
         */
        RedisCommand(List<Request> requests, Promise<RedisAnswer> answer, Optional<Context> caller, long deadline) {
            super(deadline);
            this.requests = requests;
            this.answer = answer;
            this.caller = caller;
        }

        static Request plain(String command, String... arguments) {
            Request request = Request.cmd(COMMANDS.computeIfAbsent(command, RedisCommand::named));
            for (String argument : arguments) {
                request.arg(argument);
            }
            return request;
        }

        /** @param command with its arguments behind it */
        static Request plain(List<String> command) {
            Request request = Request.cmd(COMMANDS.computeIfAbsent(command.get(0), RedisCommand::named));
            for (int i = 1; i < command.size(); i++) {
                request.arg(command.get(i));
            }
            return request;
        }

        private static Command named(String command) {
            return Command.create(command.toUpperCase(Locale.ROOT));
        }

        static Request scripted(Command command, String script, List<String> keys, List<String> arguments) {
            Request request = Request.cmd(command).arg(script).arg(keys.size());
            keys.forEach(request::arg);
            arguments.forEach(request::arg);
            return request;
        }

        /** It goes to Redis now. */
        void written(long nanos) {
            writtenNanos = nanos;
        }

        /** When it went to Redis last. */
        long writtenNanos() {
            return writtenNanos;
        }

        List<Request> requests() {
            return requests;
        }

        void complete(RedisAnswer of) {
            if (caller.isPresent()) {
                caller.get().runOnContext(now -> answer.tryComplete(of));
            } else {
                answer.tryComplete(of);
            }
        }

        @Override
        void fail(RedisException failure) {
            if (caller.isPresent()) {
                caller.get().runOnContext(now -> answer.tryFail(failure));
            } else {
                answer.tryFail(failure);
            }
        }
    }
}
