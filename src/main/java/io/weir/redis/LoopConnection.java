package io.weir.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.redis.client.Request;
import io.weir.redis.InFlight.RedisCommand;
import io.weir.redis.RedisConnector.RedisSession;
import io.weir.redis.RedisConnector.Target;
import io.weir.retry.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one event loop to Redis, made again for ever when it is lost: the commands of the loop follow each other on
 * it without waiting. A slow answer costs nobody but the command that waited for it: Redis is away on evidence only, and each
 * loop has evidence of its own, so that one that is blocked says nothing about the others.
 *
 * <pre>
 *                 it answers, is a master, takes a write
 *  CONNECTING ────────────────────────────────────────────► UP
 *   │      ▲                                                 │ │
 *   │      └───────────── the connection ends ───────────────┘ │ nothing comes for the silence of the limits,
 *   │ the attempt fails                                        │ an error that concerns every command,
 *   ▼                                                          │ or the connection ends soon after it was made
 *  AWAY ◄──────────────────────────────────────────────────────┘
 *   └── an attempt, after a pause, succeeds ──► UP
 * </pre>
 *
 * <p>While CONNECTING commands wait for the connection; while AWAY they fail at once. What was sent on a connection that is
 * lost fails: nobody knows whether Redis has carried it out. Any thread may send; all else belongs to the loop.
 */
final class LoopConnection {
    private static final Duration ONE_TURN = Duration.ofMillis(1);
    /** So much later than it should a loop ticks that is blocked. */
    private static final long BLOCKED_NANOS = 3 * ResponseTimeout.PERIOD.toNanos();

    private final Vertx vertx;
    private final ContextInternal loop;
    private final RedisLimits limits;
    private final Listener listener;
    private final RedisConnector connector;
    private final boolean isOfCluster;
    private final InFlight inFlight;
    private final Clock clock = Clock.systemUTC();
    private final Promise<Void> attempted = Promise.promise();
    private volatile Phase phase = Phase.CONNECTING;
    private volatile boolean closed;
    private volatile boolean retired;
    private volatile Instant since = clock.instant();
    private volatile Optional<String> role = Optional.empty();
    private volatile RedisException evidence = new RedisException(RedisFault.UNREACHABLE, "Redis is unavailable");
    private volatile long tickedAt = System.nanoTime();

    // All below belongs to the loop.
    private final ResponseTimeout timeout;
    private final Backoff backoff;
    private int failures;
    private @Nullable RedisSession session;
    private long connectedAt;
    private long askedAt;

    private LoopConnection(Vertx vertx, ContextInternal loop, Target target, RedisLimits limits, Listener listener) {
        this.vertx = vertx;
        this.loop = loop;
        this.limits = limits;
        this.listener = listener;
        this.inFlight = new InFlight(limits.waiting());
        this.timeout = new ResponseTimeout(limits.silence(), System.nanoTime());
        this.connector = new RedisConnector(vertx, target, limits, this::limited);
        this.isOfCluster = target.config().isCluster();
        this.backoff = Backoff.doubling(limits.shortestPause(), limits.longestPause());
    }

    /** @param loop a context of the event loop that no verticle ends */
    static LoopConnection of(Vertx vertx, ContextInternal loop, Target target, RedisLimits limits, Listener listener) {
        return new LoopConnection(vertx, loop, target, limits, listener);
    }

    /** Connects for the first time. */
    void start() {
        loop.runOnContext(now -> begin());
    }

    /** Whether the calling thread is its event loop. */
    boolean isHere() {
        return loop.inThread();
    }

    /** Whether its event loop runs; one that is blocked sends nothing. */
    boolean isRunning() {
        return System.nanoTime() - tickedAt < BLOCKED_NANOS;
    }

    boolean isUp() {
        return !closed && phase == Phase.UP;
    }

    /** Whether there is evidence that Redis is away, so that commands fail at once. */
    boolean isAway() {
        return closed || phase == Phase.AWAY;
    }

    Instant since() {
        return since;
    }

    Optional<String> role() {
        return role;
    }

    /** Completes when the first attempt to connect has ended, whichever way. Never fails. */
    Future<Void> attempted() {
        return attempted.future();
    }

    /** Closes it as soon as nothing waits on it. */
    void retire() {
        retired = true;
    }

    void close() {
        closed = true;
        loop.runOnContext(now -> drop(new RedisException(RedisFault.UNREACHABLE, "the link to Redis is closed")));
    }

    /**
     * Sends a command, or several in one piece, whose answers are the items of one; fails with {@link RedisFault#TIMEOUT} when that is
     * not answered within the limit.
     */
    Future<RedisAnswer> send(Duration limit, List<Request> requests) {
        if (isAway()) {
            listener.notCarriedOut(evidence.fault(), 1);
            return Future.failedFuture(evidence);
        }
        if (!inFlight.admit()) {
            RedisException crowded = new RedisException(RedisFault.CROWDED, "too many commands wait for Redis");
            listener.notCarriedOut(RedisFault.CROWDED, 1);
            listener.failed(crowded, false);
            return Future.failedFuture(crowded);
        }
        Promise<RedisAnswer> answer = Promise.promise();
        boolean here = isHere();
        // Of what the loop sends itself the driver tells the answer in the context of the caller.
        Optional<Context> caller =
                here && session != null ? Optional.empty() : Optional.ofNullable(Vertx.currentContext());
        if (here) {
            accept(limit, requests, answer, caller);
        } else {
            loop.runOnContext(now -> accept(limit, requests, answer, caller));
        }
        return answer.future();
    }

    // From here on the loop's.

    private void begin() {
        connect();
        tickLater();
    }

    private void accept(Duration limit, List<Request> requests, Promise<RedisAnswer> answer, Optional<Context> caller) {
        RedisCommand command = new RedisCommand(requests, answer, caller, timeout.deadline(limit, System.nanoTime()));
        if (isAway()) {
            inFlight.dismiss();
            listener.notCarriedOut(evidence.fault(), 1);
            command.fail(evidence);
            return;
        }
        inFlight.add(command);
        if (session != null) {
            write(session, command);
        }
    }

    private void write(RedisSession on, RedisCommand command) {
        askedAt = System.nanoTime();
        command.written(askedAt);
        List<Request> requests = command.requests();
        if (requests.size() == 1) {
            on.send(requests.get(0))
                    .onComplete((answer, failure) -> answered(on, command, RedisAnswer.of(answer), failure));
        } else {
            on.send(requests)
                    .onComplete((answers, failure) -> answered(on, command, RedisAnswer.ofAll(answers), failure));
        }
    }

    private void answered(RedisSession on, RedisCommand command, RedisAnswer answer, @Nullable Throwable cause) {
        if (!on.equals(session)) {
            return;
        }
        inFlight.leave(command);
        listener.answered(System.nanoTime() - command.writtenNanos());
        if (cause == null) {
            timeout.heard();
            command.complete(answer);
            return;
        }
        RedisException failure = RedisException.of(cause);
        if (isOfCluster && failure.redirect().isPresent()) {
            timeout.heard();
            command.fail(failure);
            return;
        }
        listener.notCarriedOut(failure.fault(), 1);
        if (failure.fault() == RedisFault.UNREACHABLE) {
            ended(on);
        } else {
            timeout.heard();
            judge(failure);
        }
        command.fail(failure);
    }

    private void judge(RedisException failure) {
        if (failure.fault().meansAway()) {
            goAway(failure);
        } else if (failure.fault() != RedisFault.NO_SCRIPT) {
            listener.failed(failure, false);
        }
    }

    private void goAway(RedisException found) {
        evidence = found;
        if (phase != Phase.AWAY) {
            phase = Phase.AWAY;
            since = clock.instant();
        }
        listener.failed(found, true);
        drop(found);
        connectLater();
    }

    private void ended(RedisSession lost) {
        if (!lost.equals(session)) {
            return;
        }
        RedisException ended = new RedisException(RedisFault.UNREACHABLE, "the connection to Redis ended");
        if (System.nanoTime() - connectedAt < limits.longestPause().toNanos()) {
            goAway(ended);
            return;
        }
        phase = Phase.CONNECTING;
        since = clock.instant();
        drop(ended);
        connect();
    }

    /** Gives up the connection and fails everything that waits. */
    private void drop(RedisException why) {
        RedisSession last = session;
        session = null;
        role = Optional.empty();
        listener.notCarriedOut(why.fault(), inFlight.failAll(why));
        if (last != null) {
            // Not at once: this may be called by the driver, in the middle of ending the connection.
            loop.runOnContext(now -> last.close());
        }
    }

    /** In the context of the link: connection and timers would end with the verticle in whose context they are made. */
    private void connect() {
        loop.runOnContext(now -> {
            if (!closed) {
                connector
                        .connect()
                        .onComplete(this::connected, this::notConnected)
                        .onComplete(ended -> attempted.tryComplete());
            }
        });
    }

    private void connectLater() {
        loop.runOnContext(now -> {
            failures++;
            long pause = backoff.after(failures, ThreadLocalRandom.current().nextDouble())
                    .toMillis();
            vertx.setTimer(Math.max(1, pause), id -> connect());
        });
    }

    private <T> Future<T> limited(Future<T> step) {
        return inFlight.limited(step, timeout.deadline(limits.connect(), System.nanoTime()));
    }

    private void connected(RedisSession fresh) {
        if (closed) {
            fresh.close();
            return;
        }
        fresh.connection().exceptionHandler(failure -> ended(fresh)).endHandler(end -> ended(fresh));
        listener.connected(fresh);
        session = fresh;
        role = fresh.role();
        connectedAt = System.nanoTime();
        since = clock.instant();
        phase = Phase.UP;
        timeout.heard();
        inFlight.all().forEach(entry -> sendWaiting(fresh, entry));
    }

    private void sendWaiting(RedisSession fresh, InFlight.Entry entry) {
        if (entry.isGivenUp()) {
            inFlight.leave(entry);
        } else if (entry instanceof RedisCommand command) {
            write(fresh, command);
        }
    }

    private void notConnected(Throwable failure) {
        if (!closed) {
            goAway(RedisException.of(failure));
        }
    }

    private void tickLater() {
        vertx.setTimer(ResponseTimeout.PERIOD.toMillis(), id -> tick());
    }

    private void tick() {
        if (closed) {
            return;
        }
        if (retired && inFlight.isEmpty()) {
            close();
            return;
        }
        tickLater();
        long now = System.nanoTime();
        tickedAt = now;
        boolean onTime = timeout.tick(now, !inFlight.isEmpty());
        if (onTime && (isSilent() || inFlight.hasDue(timeout.counted()))) {
            // One more turn of the loop: an answer that lies in the socket is read before anything is given up.
            vertx.setTimer(ONE_TURN.toMillis(), id -> giveUp(now));
        }
        if (phase == Phase.UP) {
            keepUp(now);
        }
    }

    private boolean isSilent() {
        return phase == Phase.UP && timeout.isSilent();
    }

    private void giveUp(long decided) {
        if (!ResponseTimeout.isOnTime(System.nanoTime() - decided, ONE_TURN)) {
            return;
        }
        if (isSilent()) {
            goAway(InFlight.timeout());
        } else {
            listener.notCarriedOut(RedisFault.TIMEOUT, inFlight.failDue(timeout.counted()));
        }
    }

    private void keepUp(long now) {
        if (timeout.isAnswering()) {
            listener.answers();
        }
        if (now - connectedAt > limits.longestPause().toNanos()) {
            failures = 0;
        }
        Duration heartbeat = limits.heartbeat();
        if (!heartbeat.isZero() && inFlight.isEmpty() && now - askedAt >= heartbeat.toNanos()) {
            send(limits.command(), List.of(RedisCommand.plain("PING")));
        }
    }

    /** Hears how it goes, on the loop. */
    interface Listener {
        /** Gets each new connection before anybody else. */
        void connected(RedisSession session);

        /**
         * Something failed.
         *
         * @param away whether all of Redis is away, or one command failed
         */
        void failed(RedisException failure, boolean away);

        /** A command has been answered, in whatever way. */
        void answered(long tookNanos);

        /** So many commands have failed. */
        void notCarriedOut(RedisFault fault, int commands);

        /** Nothing was left unanswered lately. */
        void answers();
    }

    private enum Phase {
        CONNECTING,
        UP,
        AWAY
    }
}
