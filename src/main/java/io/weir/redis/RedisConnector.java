package io.weir.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.PooledRedisConnection;
import io.weir.config.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Connects to Redis: to the one server, to the master that the first sentinel who answers names, or to a node of a Redis Cluster.
 * What it gives has answered a PING, takes writes, and is neither a replica nor, unless it was named as one, a node of a
 * cluster, as far as it tells.
 */
final class RedisConnector {
    private static final Command SENTINEL = Command.create("SENTINEL");

    /** Commands that are sent as one, at most. */
    private static final int MOST_TOGETHER = 2;

    /** Commands of a handshake, at most. */
    private static final int HANDSHAKE = 8;

    private final Vertx vertx;
    private final Target target;
    private final RedisConfig config;
    private final RedisLimits limits;
    private final StepLimit limit;

    RedisConnector(Vertx vertx, Target target, RedisLimits limits, StepLimit limit) {
        this.vertx = vertx;
        this.target = target;
        this.config = target.config();
        this.limits = limits;
        this.limit = limit;
    }

    /** Fails within a bounded time with a {@link RedisException}. */
    Future<RedisSession> connect() {
        Future<RedisSession> session = config.isCluster()
                ? firstOf(target.node().map(List::of).orElse(config.nodes()), this::connectMaster)
                : master().compose(this::connectMaster);
        return session.recover(failure -> Future.failedFuture(RedisException.of(failure)));
    }

    /** Asks one node of a cluster after the other which has which keys; fails when none tells. */
    Future<SlotMap> slots(List<RedisAddress> nodes) {
        return firstOf(nodes, this::askSlots).recover(failure -> Future.failedFuture(RedisException.of(failure)));
    }

    private Future<SlotMap> askSlots(RedisAddress node) {
        return connect(withPassword(options(node)))
                .compose(session -> bounded(tellOf(session)
                                .compose(known ->
                                        known.send(Request.cmd(Command.CLUSTER).arg("SLOTS"))))
                        .onComplete(answered -> session.close()))
                .map(answer -> SlotMap.read(RedisAnswer.of(answer), node));
    }

    private Future<RedisAddress> master() {
        return config.server()
                .map(Future::succeededFuture)
                .orElseGet(() -> firstOf(config.sentinels(), this::askSentinel));
    }

    /** What the first one says that does not fail. */
    private static <T> Future<T> firstOf(List<RedisAddress> servers, Function<RedisAddress, Future<T>> question) {
        Future<T> first = question.apply(servers.get(0));
        return servers.size() == 1
                ? first
                : first.recover(failure -> firstOf(servers.subList(1, servers.size()), question));
    }

    private Future<RedisAddress> askSentinel(RedisAddress sentinel) {
        RedisOptions options = options(sentinel);
        config.sentinelPassword().map(Secret::reveal).ifPresent(options::setPassword);
        Request question = Request.cmd(SENTINEL)
                .arg("get-master-addr-by-name")
                .arg(config.master().orElse(""));
        return connect(options)
                .compose(session -> bounded(session.send(question)).onComplete(answered -> session.close()))
                .map(RedisAnswer::of)
                .map(this::address);
    }

    private RedisAddress address(RedisAnswer hostAndPort) {
        List<RedisAnswer> parts = hostAndPort.items();
        if (parts.size() != 2) {
            throw noSentinel("they do not know a master " + config.master().orElse(""));
        }
        return new RedisAddress(
                parts.get(0).text().orElse(""), Math.toIntExact(parts.get(1).number()));
    }

    private Future<RedisSession> connectMaster(RedisAddress address) {
        return connect(withPassword(options(address)))
                .compose(session -> bounded(inspect(session)).onFailure(failure -> session.close()));
    }

    private RedisOptions withPassword(RedisOptions options) {
        config.user().ifPresent(options::setUser);
        config.password().map(Secret::reveal).ifPresent(options::setPassword);
        return options;
    }

    private Future<RedisSession> inspect(RedisSession session) {
        Future<?> ready = config.database() == 0
                ? Future.succeededFuture()
                : session.send(Request.cmd(Command.SELECT).arg(config.database()));
        return ready.compose(selected -> session.send(Request.cmd(Command.PING)))
                .compose(pong -> tellOf(session))
                .compose(known -> target.isAnyNode() ? Future.succeededFuture(known) : probe(takingWrites(known)));
    }

    /** Where Redis does not say what it is, as behind a proxy, its answers to writes will. */
    private Future<RedisSession> tellOf(RedisSession session) {
        return session.send(Request.cmd(Command.HELLO))
                .map(answer -> RedisAnswer.of(answer).fields())
                .otherwise(Map.of())
                .map(told -> accepted(session, told));
    }

    private RedisSession accepted(RedisSession session, Map<String, String> told) {
        String mode = told.getOrDefault("mode", "");
        if (mode.equals("cluster") && !config.isCluster()) {
            throw new RedisException(RedisFault.CLUSTER, "this Redis is a node of a Redis Cluster");
        }
        if (mode.equals("standalone") && config.isCluster()) {
            throw new RedisException(RedisFault.CLUSTER, "this Redis is not a node of a Redis Cluster");
        }
        return session.withRole(Optional.ofNullable(told.get("role")));
    }

    private static RedisSession takingWrites(RedisSession session) {
        if (session.role().filter("replica"::equals).isPresent()) {
            throw new RedisException(RedisFault.READ_ONLY, "this Redis is a replica");
        }
        return session;
    }

    /** A Redis that is full or read-only answers PING. */
    private Future<RedisSession> probe(RedisSession session) {
        Request write =
                Request.cmd(Command.SET).arg(target.probe()).arg("1").arg("PX").arg(1);
        return session.send(write)
                .map(written -> session)
                .recover(failure -> isAway(RedisException.of(failure))
                        ? Future.failedFuture(failure)
                        : Future.succeededFuture(session));
    }

    /** A node that has given the key away has not been tried, and may take others. */
    private boolean isAway(RedisException failure) {
        return failure.fault().meansAway() && (failure.redirect().isEmpty() || !config.isCluster());
    }

    private Future<RedisSession> connect(RedisOptions options) {
        Redis client = Redis.createClient(new OneWritePerTick(vertx), options);
        return bounded(client.connect())
                .map(connection -> new RedisSession(client, connection, Optional.empty()))
                .onFailure(failure -> client.close());
    }

    private <T> Future<T> bounded(Future<T> step) {
        return limit.apply(step);
    }

    private RedisOptions options(RedisAddress address) {
        return new RedisOptions()
                .setConnectionString((config.tls() ? "rediss://" : "redis://") + address)
                .setNetClientOptions(net())
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setPoolCleanerInterval(-1)
                .setMaxWaitingHandlers(MOST_TOGETHER * limits.waiting() + HANDSHAKE);
    }

    private NetClientOptions net() {
        NetClientOptions net = new NetClientOptions()
                .setConnectTimeout(Math.toIntExact(limits.connect().toMillis()))
                .setTcpKeepAlive(true);
        if (config.tls()) {
            net.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
            config.ca().ifPresent(file -> net.setTrustOptions(new PemTrustOptions().addCertPath(file)));
        }
        return net;
    }

    private static RedisException noSentinel(String why) {
        return new RedisException(RedisFault.UNREACHABLE, "no sentinel names a master: " + why);
    }

    /**
     * Who is connected to.
     *
     * @param node which one of a cluster; empty for any, master or replica, and where there is none
     * @param probe a key that is written to see whether a write is taken
     */
    record Target(RedisConfig config, Optional<RedisAddress> node, String probe) {
        /** The only server, or any node of a cluster. */
        static Target of(RedisConfig config) {
            return new Target(config, Optional.empty(), config.key("probe"));
        }

        private boolean isAnyNode() {
            return config.isCluster() && node.isEmpty();
        }
    }

    /** Fails a step of a connection that takes too long. */
    interface StepLimit {
        <T> Future<T> apply(Future<T> step);
    }

    /**
     * One connection. The driver's pool has no way to give up a connection on which a command hangs, so each connection has
     * a client of its own, and closing that ends the connection with all that waits on it.
     */
    record RedisSession(Redis client, RedisConnection connection, Optional<String> role) {

        Future<Response> send(Request request) {
            return wire().send(request);
        }

        /** Sends several in one piece. */
        Future<List<Response>> send(List<Request> requests) {
            return wire().batch(requests);
        }

        /** Beside the pool, which writes down addresses for metrics and tracing, of which there are none, at each command. */
        private RedisConnection wire() {
            return connection instanceof PooledRedisConnection pooled ? pooled.actual() : connection;
        }

        RedisSession withRole(Optional<String> known) {
            return new RedisSession(client, connection, known);
        }

        void close() {
            client.close();
        }
    }
}
