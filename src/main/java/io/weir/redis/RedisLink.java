package io.weir.redis;

import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.weir.redis.InFlight.RedisCommand;
import io.weir.redis.RedisConnector.RedisSession;
import io.weir.redis.RedisConnector.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The way to Redis: one connection for each event loop that sends commands, opened by the loop's first one; to a Redis Cluster,
 * one to each master. So no loop waits for another, and whoever blocks one does not cut off the others. The commands of one turn of
 * a loop leave in one write.
 *
 * <p>A command waits until Redis answers, until Redis is known to be away, or until its own limit, and fails with a {@link
 * RedisException} then. What decides that Redis is away is told at {@code LoopConnection}.
 *
 * <p>For {@code /health} and the log the connections are one: see {@link #state}. Commands that block need a separate link, see
 * {@link RedisLimits#blocking}; who wants to hear what is published uses a {@link RedisSubscription}. Any thread.
 */
public final class RedisLink {
    private final RedisConfig config;
    private final RedisLimits limits;
    private final HealthLog health;
    private final RedisMeters meters;
    private final Topology topology;

    /** @param greeting where there is one, the link is to one server, any of a cluster, since it must be told once */
    private RedisLink(
            Vertx vertx,
            RedisConfig config,
            RedisLimits limits,
            Optional<Consumer<RedisSession>> greeting,
            RedisMeters meters,
            HealthLog health) {
        this.health = health;
        this.config = config;
        this.limits = limits;
        this.meters = meters;
        VertxInternal internal = (VertxInternal) vertx;
        ContextInternal context = internal.getOrCreateContext();
        if (!context.isEventLoopContext()) {
            throw new IllegalStateException("a link to Redis is opened on an event loop or outside of Vert.x");
        }
        Health listener = new Health(greeting.orElse(session -> {}));
        this.topology = config.isCluster() && greeting.isEmpty()
                ? new ClusterConnections(internal, context, config, limits, listener)
                : new ServerConnections(internal, context, Target.of(config), limits, listener);
    }

    /** A link that connects by itself, now and whenever it must; first on the event loop of the caller, if it has one. */
    public static RedisLink open(Vertx vertx, RedisConfig config, RedisLimits limits) {
        return open(vertx, config, limits, RedisMeters.unread());
    }

    /** The same, counting its commands there. */
    public static RedisLink open(Vertx vertx, RedisConfig config, RedisLimits limits, RedisMeters meters) {
        return new RedisLink(vertx, config, limits, Optional.empty(), meters, new HealthLog()).started();
    }

    /** One beside another to the same Redis, which tells the operator and metrics how that is. */
    public static RedisLink openBeside(Vertx vertx, RedisConfig config, RedisLimits limits) {
        return new RedisLink(vertx, config, limits, Optional.empty(), RedisMeters.unread(), new HealthLog(true))
                .started();
    }

    /** @param greeting gets each new connection before anybody else */
    static RedisLink open(Vertx vertx, RedisConfig config, RedisLimits limits, Consumer<RedisSession> greeting) {
        return new RedisLink(vertx, config, limits, Optional.of(greeting), RedisMeters.unread(), new HealthLog(true))
                .started();
    }

    private RedisLink started() {
        topology.start();
        return this;
    }

    /**
     * The name of a key or channel, behind the configured prefix. Those that one command or script needs have a hash tag in
     * common, as in {@code {wx123}:menu:lease}, so that a Redis Cluster keeps them together.
     */
    public String key(String name) {
        return config.key(name);
    }

    /** Sends one command with the default limit. */
    public Future<RedisAnswer> send(String command, String... arguments) {
        return send(limits.command(), command, arguments);
    }

    /** Sends one command; it fails with {@link RedisFault#TIMEOUT} when it is not answered within the limit. */
    public Future<RedisAnswer> send(Duration limit, String command, String... arguments) {
        return send(limit, List.of(RedisCommand.plain(command, arguments)));
    }

    /**
     * Sends two commands in one piece, which costs less than each alone. To a Redis Cluster the second goes when the first has been
     * answered: it is never there without the first.
     *
     * @param first a command and its arguments
     * @param second carried out behind it
     * @return their answers are its {@linkplain RedisAnswer#items items}; fails when one of them does
     */
    public Future<RedisAnswer> sendBoth(Duration limit, List<String> first, List<String> second) {
        return send(limit, List.of(RedisCommand.plain(first), RedisCommand.plain(second)));
    }

    /** Sends one command, which must have no key, to each server: the only one, or the masters of a Redis Cluster. */
    public Future<List<RedisAnswer>> sendToEach(String command, String... arguments) {
        List<Request> request = List.of(RedisCommand.plain(command, arguments));
        return Future.all(topology.servers()
                        .map(server -> server.send(limits.command(), request))
                        .toList())
                .map(CompositeFuture::list);
    }

    /** Runs a script with the default limit; sends its source along when Redis does not know it yet, or no more. */
    public Future<RedisAnswer> run(RedisScript script, List<String> keys, List<String> arguments) {
        return run(limits.command(), script, keys, arguments);
    }

    /** The same with another limit; where the source must be sent along, each of both steps has it. */
    public Future<RedisAnswer> run(Duration limit, RedisScript script, List<String> keys, List<String> arguments) {
        return send(limit, List.of(RedisCommand.scripted(Command.EVALSHA, script.digest(), keys, arguments)))
                .recover(failure -> failure instanceof RedisException refused && refused.fault() == RedisFault.NO_SCRIPT
                        ? send(limit, List.of(RedisCommand.scripted(Command.EVAL, script.source(), keys, arguments)))
                        : Future.failedFuture(failure));
    }

    /** Completes when the first attempt to connect has ended, whichever way: until then nothing is known. Never fails. */
    public Future<Void> attempted() {
        return topology.attempted();
    }

    /** Whether there is evidence that Redis is away for the caller, so that its commands fail at once. */
    public boolean isAway() {
        return topology.isAway();
    }

    /** How all its connections are, as one: up while one is up and none is away. */
    public RedisState state() {
        List<LoopConnection> connections = topology.servers()
                .flatMap(server -> server.connections().stream())
                .toList();
        boolean up = isNoneAway() && connections.stream().anyMatch(LoopConnection::isUp);
        Optional<RedisException> problem = health.current();
        return new RedisState(
                up,
                connections.stream()
                        .filter(each -> each.isUp() == up)
                        .map(LoopConnection::since)
                        .max(Comparator.naturalOrder())
                        .orElseGet(Instant::now),
                problem.map(RedisException::fault),
                health.since(),
                problem.map(RedisException::getMessage),
                connections.stream().flatMap(each -> each.role().stream()).findFirst());
    }

    /** Takes in a fault that a user of the link has found, so that the log and {@code /health} name it. */
    public void report(RedisException fault) {
        health.fault(fault, false, System.nanoTime());
    }

    /** Ends the connections; what waits for an answer fails. */
    public void close() {
        topology.close();
    }

    private Future<RedisAnswer> send(Duration limit, List<Request> requests) {
        return topology.send(limit, requests);
    }

    private boolean isNoneAway() {
        return topology.servers().allMatch(ServerConnections::isNoneAway);
    }

    /** Which servers there are, and which of them a command goes to. Any thread. */
    interface Topology {
        /** Connects for the first time. */
        void start();

        /** Sends commands, whose answers are the items of one where they are several. */
        Future<RedisAnswer> send(Duration limit, List<Request> requests);

        /** All that are connected to. */
        Stream<ServerConnections> servers();

        /** Whether every command of the caller fails at once. */
        boolean isAway();

        /** Completes when the first attempt to connect has ended, whichever way. Never fails. */
        Future<Void> attempted();

        /** One of the servers is away. */
        default void lost() {}

        void close();
    }

    private final class Health implements LoopConnection.Listener {
        private final Consumer<RedisSession> greeting;

        Health(Consumer<RedisSession> greeting) {
            this.greeting = greeting;
        }

        @Override
        public void connected(RedisSession session) {
            greeting.accept(session);
        }

        @Override
        public void failed(RedisException failure, boolean away) {
            health.fault(failure, away, System.nanoTime());
            if (away) {
                topology.lost();
            }
        }

        @Override
        public void answered(long tookNanos) {
            meters.answered(tookNanos);
        }

        @Override
        public void notCarriedOut(RedisFault fault, int commands) {
            meters.failed(fault, commands);
        }

        @Override
        public void answers() {
            if (isNoneAway()) {
                health.success(System.nanoTime());
            }
        }
    }
}
