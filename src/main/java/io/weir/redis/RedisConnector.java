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

/**
 * Connects to Redis: to the one server, or to the master that the first sentinel who answers names. What it gives has
 * answered a PING, takes writes, and is neither a replica nor a node of a cluster, as far as it tells.
 */
final class RedisConnector {
    /** Written to see whether a write is taken: a Redis that is full or read-only answers PING. */
    private static final String PROBE = "probe";

    private static final Command SENTINEL = Command.create("SENTINEL");

    /** Commands that are sent as one, at most. */
    private static final int MOST_TOGETHER = 2;

    /** Commands of a handshake, at most. */
    private static final int HANDSHAKE = 8;

    private final Vertx vertx;
    private final RedisConfig config;
    private final RedisLimits limits;
    private final StepLimit limit;

    RedisConnector(Vertx vertx, RedisConfig config, RedisLimits limits, StepLimit limit) {
        this.vertx = vertx;
        this.config = config;
        this.limits = limits;
        this.limit = limit;
    }

    /** Fails within a bounded time with a {@link RedisException}. */
    Future<RedisSession> connect() {
        return master().compose(this::connectMaster)
                .recover(failure -> Future.failedFuture(RedisException.of(failure)));
    }

    private Future<RedisAddress> master() {
        return config.server()
                .map(Future::succeededFuture)
                .orElseGet(() -> askSentinels(config.sentinels(), noSentinel("none configured")));
    }

    private Future<RedisAddress> askSentinels(List<RedisAddress> sentinels, Throwable lastFailure) {
        return sentinels.isEmpty()
                ? Future.failedFuture(lastFailure)
                : askSentinel(sentinels.get(0))
                        .recover(failure -> askSentinels(sentinels.subList(1, sentinels.size()), failure));
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
        RedisOptions options = options(address);
        config.user().ifPresent(options::setUser);
        config.password().map(Secret::reveal).ifPresent(options::setPassword);
        return connect(options).compose(session -> bounded(inspect(session)).onFailure(failure -> session.close()));
    }

    private Future<RedisSession> inspect(RedisSession session) {
        Future<?> ready = config.database() == 0
                ? Future.succeededFuture()
                : session.send(Request.cmd(Command.SELECT).arg(config.database()));
        return ready.compose(selected -> session.send(Request.cmd(Command.PING)))
                .compose(pong -> tellOf(session))
                .compose(this::probe);
    }

    /** Where Redis does not say what it is, as behind a proxy, its answers to writes will. */
    private static Future<RedisSession> tellOf(RedisSession session) {
        return session.send(Request.cmd(Command.HELLO))
                .map(answer -> RedisAnswer.of(answer).fields())
                .otherwise(Map.of())
                .map(told -> accepted(session, told));
    }

    private static RedisSession accepted(RedisSession session, Map<String, String> told) {
        if ("cluster".equals(told.get("mode"))) {
            throw new RedisException(RedisFault.CLUSTER, "this Redis is a node of a Redis Cluster");
        }
        if ("replica".equals(told.get("role"))) {
            throw new RedisException(RedisFault.READ_ONLY, "this Redis is a replica");
        }
        return session.withRole(Optional.ofNullable(told.get("role")));
    }

    private Future<RedisSession> probe(RedisSession session) {
        String key = config.key(PROBE);
        return session.send(Request.cmd(Command.SET).arg(key).arg("1").arg("PX").arg(1))
                .map(written -> session)
                .recover(failure -> RedisException.of(failure).fault().meansAway()
                        ? Future.failedFuture(failure)
                        : Future.succeededFuture(session));
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
