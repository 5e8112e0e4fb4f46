package io.weir.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to Redis: one connection, on which the commands of all threads follow each other without waiting, and which is
 * made again for ever when it is lost.
 *
 * <p>A command is answered within its limit or fails with a {@link RedisException}. Without a connection it fails at once.
 * One that gets no answer costs the connection, since all behind it would wait as well. Commands that block need a link of
 * their own, see {@link RedisLimits#blocking}; who wants to hear what is published uses a {@link RedisSubscription}. Any
 * thread.
 */
public final class RedisLink {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Vertx vertx;
    private final RedisLimits limits;
    private final Dialer dialer;
    private final Consumer<Wire> greeting;
    private final Breaker breaker;
    private final Pauses pauses;
    private final Condition condition = new Condition(QUIET_NANOS);
    private final Clock clock = Clock.systemUTC();
    private final Promise<Void> attempted = Promise.promise();
    private volatile @Nullable Wire wire;
    private volatile Instant since = clock.instant();
    private volatile boolean closed;
    private long heartbeat = -1;

    private RedisLink(Vertx vertx, RedisConfig config, RedisLimits limits, Consumer<Wire> greeting) {
        this.vertx = vertx;
        this.greeting = greeting;
        this.limits = limits;
        this.dialer = new Dialer(vertx, config, limits);
        this.breaker = new Breaker(limits);
        this.pauses = new Pauses(
                limits.shortestPause(),
                limits.longestPause(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** A link that connects by itself, now and whenever it must. */
    public static RedisLink open(Vertx vertx, RedisConfig config, RedisLimits limits) {
        return open(vertx, config, limits, wire -> {});
    }

    /** @param greeting gets each new connection before anybody else */
    static RedisLink open(Vertx vertx, RedisConfig config, RedisLimits limits, Consumer<Wire> greeting) {
        RedisLink link = new RedisLink(vertx, config, limits, greeting);
        link.dial();
        if (!limits.heartbeat().isZero()) {
            link.heartbeat = vertx.setPeriodic(limits.heartbeat().toMillis(), id -> link.send("PING"));
        }
        return link;
    }

    /** Sends one command with the default limit. */
    public Future<RedisAnswer> send(String command, String... arguments) {
        return send(limits.command(), command, arguments);
    }

    /** Sends one command; it fails with {@link RedisFault#TIMEOUT} when it is not answered within the limit. */
    public Future<RedisAnswer> send(Duration limit, String command, String... arguments) {
        Request request = Request.cmd(Command.create(command.toUpperCase(Locale.ROOT)));
        for (String argument : arguments) {
            request.arg(argument);
        }
        return send(limit, request);
    }

    /** Runs a script with the default limit; sends its source along when Redis does not know it yet, or no more. */
    public Future<RedisAnswer> run(RedisScript script, List<String> keys, List<String> arguments) {
        return run(limits.command(), script, keys, arguments);
    }

    /** The same with another limit; where the source must be sent along, each of both steps has it. */
    public Future<RedisAnswer> run(Duration limit, RedisScript script, List<String> keys, List<String> arguments) {
        return send(limit, scripted(Command.EVALSHA, script.digest(), keys, arguments))
                .recover(failure -> failure instanceof RedisException refused && refused.fault() == RedisFault.NO_SCRIPT
                        ? send(limit, scripted(Command.EVAL, script.source(), keys, arguments))
                        : Future.failedFuture(failure));
    }

    /** Whether there is evidence that Redis is away: commands fail at once then. Any thread. */
    public boolean isAway() {
        return !state().up();
    }

    /** Takes in a fault that a user of the link has found, so that the log and {@code /health} name it. Any thread. */
    public void report(RedisException fault) {
        tell(fault);
    }

    /** Completes when the first attempt to connect has ended, whichever way: until then nothing is known. Never fails. */
    public Future<Void> attempted() {
        return attempted.future();
    }

    /** How it is now. */
    public RedisState state() {
        Wire current = wire;
        boolean up = current != null && breaker.isCalm();
        return new RedisState(up, since, condition.current(), current == null ? Optional.empty() : current.role());
    }

    /** Ends the connection; what waits for an answer fails. */
    public void close() {
        closed = true;
        vertx.cancelTimer(heartbeat);
        Wire last = wire;
        if (last != null) {
            last.close();
        }
    }

    private static Request scripted(Command command, String script, List<String> keys, List<String> arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }

    private Future<RedisAnswer> send(Duration limit, Request request) {
        Wire current = wire;
        if (current == null || !breaker.admits(System.nanoTime())) {
            RedisFault fault = condition.current().orElse(RedisFault.UNREACHABLE);
            return Future.failedFuture(new RedisException(fault, "Redis is away: " + fault));
        }
        return Patience.await(vertx, current.send(request), limit)
                .map(RedisAnswer::of)
                .onSuccess(answer -> succeeded())
                .recover(failure -> failed(current, RedisException.of(failure)));
    }

    private void succeeded() {
        breaker.succeeded();
        if (condition.success(System.nanoTime())) {
            LOG.atInfo().log("redis is well again");
        }
    }

    private Future<RedisAnswer> failed(Wire on, RedisException failure) {
        RedisFault fault = failure.fault();
        if (fault.concernsEveryCommand()) {
            breaker.failed(System.nanoTime());
        }
        if (fault != RedisFault.NO_SCRIPT) {
            tell(failure);
        }
        if (fault.asksForANewConnection()) {
            replace(on);
        }
        return Future.failedFuture(failure);
    }

    private void tell(RedisException failure) {
        if (!closed && condition.fault(failure.fault(), System.nanoTime())) {
            LOG.atWarn()
                    .addKeyValue("fault", failure.fault())
                    .addKeyValue("error", failure.getMessage())
                    .addKeyValue("hint", failure.fault().hint())
                    .log("redis is not well");
        }
    }

    private void dial() {
        if (!closed) {
            dialer.dial().onComplete(this::connected, this::notConnected).onComplete(ended -> attempted.tryComplete());
        }
    }

    private synchronized void connected(Wire fresh) {
        if (closed) {
            fresh.close();
            return;
        }
        fresh.connection().exceptionHandler(failure -> ended(fresh)).endHandler(end -> ended(fresh));
        greeting.accept(fresh);
        wire = fresh;
        since = clock.instant();
        pauses.reset();
        succeeded();
    }

    private void notConnected(Throwable failure) {
        tell(RedisException.of(failure));
        dialLater();
    }

    private void ended(Wire lost) {
        if (lost.equals(wire)) {
            tell(new RedisException(RedisFault.UNREACHABLE, "the connection to Redis ended"));
            replace(lost);
        }
    }

    private synchronized void replace(Wire lost) {
        if (lost.equals(wire)) {
            wire = null;
            since = clock.instant();
            lost.close();
            dialLater();
        }
    }

    private synchronized void dialLater() {
        if (!closed) {
            vertx.setTimer(pauses.next().toMillis(), id -> dial());
        }
    }
}
