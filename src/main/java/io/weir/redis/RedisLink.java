package io.weir.redis;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way to Redis: one connection, on which the commands of all threads follow each other without waiting, and which is
 * made again for ever when it is lost.
 *
 * <p>A command waits until Redis answers, until Redis is known to be away, or until its own limit, and fails with a {@link
 * RedisException} then. A slow answer costs nobody but the command that waited for it: Redis is away on evidence only.
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
 * lost fails: nobody knows whether Redis has carried it out. Commands that block need a separate link, see {@link
 * RedisLimits#blocking}; who wants to hear what is published uses a {@link RedisSubscription}. Any thread.
 */
public final class RedisLink {
    private static final Duration ONE_TURN = Duration.ofMillis(1);

    private final Vertx vertx;
    private final RedisLimits limits;
    private final RedisConnector connector;
    private final Consumer<RedisSession> greeting;
    private final HealthLog health = new HealthLog();
    private final InFlight inFlight;
    private final Clock clock = Clock.systemUTC();
    private final Promise<Void> attempted = Promise.promise();
    private final Context loop;
    private volatile Phase phase = Phase.CONNECTING;
    private volatile boolean closed;
    private volatile Instant since = clock.instant();
    private volatile Optional<String> role = Optional.empty();
    private volatile @Nullable Thread thread;

    // All below belongs to the loop.
    private final ResponseTimeout timeout;
    private final Backoff backoff;
    private @Nullable RedisSession session;
    private long connectedAt;
    private long askedAt;

    private RedisLink(Vertx vertx, RedisConfig config, RedisLimits limits, Consumer<RedisSession> greeting) {
        this.vertx = vertx;
        this.greeting = greeting;
        this.limits = limits;
        this.inFlight = new InFlight(limits.waiting());
        this.timeout = new ResponseTimeout(limits.silence(), System.nanoTime());
        this.connector = new RedisConnector(vertx, config, limits, this::limited);
        this.backoff = new Backoff(
                limits.shortestPause(),
                limits.longestPause(),
                () -> ThreadLocalRandom.current().nextDouble());
        this.loop = vertx.getOrCreateContext();
        if (!loop.isEventLoopContext()) {
            throw new IllegalStateException("a link to Redis is opened on an event loop or outside of Vert.x");
        }
    }

    /** A link that connects by itself, now and whenever it must; on the event loop of the caller, if it has one. */
    public static RedisLink open(Vertx vertx, RedisConfig config, RedisLimits limits) {
        return open(vertx, config, limits, session -> {});
    }

    /** @param greeting gets each new connection before anybody else */
    static RedisLink open(Vertx vertx, RedisConfig config, RedisLimits limits, Consumer<RedisSession> greeting) {
        RedisLink link = new RedisLink(vertx, config, limits, greeting);
        link.loop.runOnContext(now -> link.begin());
        return link;
    }

    /** Sends one command with the default limit. */
    public Future<RedisAnswer> send(String command, String... arguments) {
        return send(limits.command(), command, arguments);
    }

    /** Sends one command; it fails with {@link RedisFault#TIMEOUT} when it is not answered within the limit. */
    public Future<RedisAnswer> send(Duration limit, String command, String... arguments) {
        return send(limit, RedisCommand.plain(command, arguments));
    }

    /** Runs a script with the default limit; sends its source along when Redis does not know it yet, or no more. */
    public Future<RedisAnswer> run(RedisScript script, List<String> keys, List<String> arguments) {
        return run(limits.command(), script, keys, arguments);
    }

    /** The same with another limit; where the source must be sent along, each of both steps has it. */
    public Future<RedisAnswer> run(Duration limit, RedisScript script, List<String> keys, List<String> arguments) {
        return send(limit, RedisCommand.scripted(Command.EVALSHA, script.digest(), keys, arguments))
                .recover(failure -> failure instanceof RedisException refused && refused.fault() == RedisFault.NO_SCRIPT
                        ? send(limit, RedisCommand.scripted(Command.EVAL, script.source(), keys, arguments))
                        : Future.failedFuture(failure));
    }

    /** Completes when the first attempt to connect has ended, whichever way: until then nothing is known. Never fails. */
    public Future<Void> attempted() {
        return attempted.future();
    }

    /** Whether there is evidence that Redis is away, so that commands fail at once. */
    public boolean isAway() {
        return closed || phase == Phase.AWAY;
    }

    /** How it is now. */
    public RedisState state() {
        Optional<RedisException> problem = health.current();
        return new RedisState(
                !closed && phase == Phase.UP,
                since,
                problem.map(RedisException::fault),
                problem.map(RedisException::getMessage),
                role);
    }

    /** Takes in a fault that a user of the link has found, so that the log and {@code /health} name it. */
    public void report(RedisException fault) {
        health.fault(fault, false, System.nanoTime());
    }

    /** Ends the connection; what waits for an answer fails. */
    public void close() {
        closed = true;
        loop.runOnContext(now -> drop(new RedisException(RedisFault.UNREACHABLE, "the link to Redis is closed")));
    }

    private Future<RedisAnswer> send(Duration limit, Request request) {
        if (isAway()) {
            return Future.failedFuture(away());
        }
        if (!inFlight.admit()) {
            RedisException crowded = new RedisException(RedisFault.CROWDED, "too many commands wait for Redis");
            report(crowded);
            return Future.failedFuture(crowded);
        }
        boolean here = Thread.currentThread() == thread;
        Promise<RedisAnswer> answer = Promise.promise();
        Optional<Context> caller = here ? Optional.empty() : Optional.ofNullable(Vertx.currentContext());
        if (here) {
            accept(limit, request, answer, caller);
        } else {
            loop.runOnContext(now -> accept(limit, request, answer, caller));
        }
        return answer.future();
    }

    private RedisException away() {
        return health.current().orElseGet(() -> new RedisException(RedisFault.UNREACHABLE, "Redis is unavailable"));
    }

    // From here on the loop's.

    private void begin() {
        thread = Thread.currentThread();
        connect();
        tickLater();
    }

    private void accept(Duration limit, Request request, Promise<RedisAnswer> answer, Optional<Context> caller) {
        RedisCommand command = new RedisCommand(request, answer, caller, timeout.deadline(limit, System.nanoTime()));
        if (isAway()) {
            inFlight.dismiss();
            command.fail(away());
            return;
        }
        inFlight.add(command);
        if (session != null) {
            write(session, command);
        }
    }

    private void write(RedisSession on, RedisCommand command) {
        askedAt = System.nanoTime();
        on.send(command.request()).onComplete(done -> answered(on, command, done));
    }

    private void answered(RedisSession on, RedisCommand command, AsyncResult<Response> done) {
        if (!on.equals(session)) {
            return;
        }
        inFlight.leave(command);
        if (done.succeeded()) {
            timeout.heard();
            command.complete(RedisAnswer.of(done.result()));
            return;
        }
        RedisException failure = RedisException.of(done.cause());
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
            report(failure);
        }
    }

    private void goAway(RedisException evidence) {
        if (phase != Phase.AWAY) {
            phase = Phase.AWAY;
            since = clock.instant();
        }
        health.fault(evidence, true, System.nanoTime());
        drop(evidence);
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
        inFlight.failAll(why);
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
        loop.runOnContext(now -> vertx.setTimer(backoff.next().toMillis(), id -> connect()));
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
        greeting.accept(fresh);
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
        tickLater();
        long now = System.nanoTime();
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
            inFlight.failDue(timeout.counted());
        }
    }

    private void keepUp(long now) {
        if (timeout.isAnswering()) {
            health.success(now);
        }
        if (now - connectedAt > limits.longestPause().toNanos()) {
            backoff.reset();
        }
        Duration heartbeat = limits.heartbeat();
        if (!heartbeat.isZero() && inFlight.isEmpty() && now - askedAt >= heartbeat.toNanos()) {
            send("PING");
        }
    }

    private enum Phase {
        CONNECTING,
        UP,
        AWAY
    }
}
