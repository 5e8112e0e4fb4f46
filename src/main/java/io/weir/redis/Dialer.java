package io.weir.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.weir.config.Secret;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Connects to Redis: to the one server, or to the master that the first sentinel who answers names. What it gives has
 * answered a PING and is no replica, as far as it tells.
 */
final class Dialer {
    private static final Command ROLE = Command.create("ROLE");
    private static final Command SENTINEL = Command.create("SENTINEL");

    private final Vertx vertx;
    private final RedisConfig config;
    private final RedisLimits limits;

    Dialer(Vertx vertx, RedisConfig config, RedisLimits limits) {
        this.vertx = vertx;
        this.config = config;
        this.limits = limits;
    }

    /** Fails within a bounded time with a {@link RedisException}. */
    Future<Wire> dial() {
        return master().compose(this::dialMaster).recover(failure -> Future.failedFuture(RedisException.of(failure)));
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
                .compose(wire -> bounded(wire.send(question)).onComplete(answered -> wire.close()))
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

    private Future<Wire> dialMaster(RedisAddress address) {
        RedisOptions options = options(address);
        config.user().ifPresent(options::setUser);
        config.password().map(Secret::reveal).ifPresent(options::setPassword);
        return connect(options).compose(wire -> bounded(inspect(wire)).onFailure(failure -> wire.close()));
    }

    private Future<Wire> inspect(Wire wire) {
        Future<?> ready = config.database() == 0
                ? Future.succeededFuture()
                : wire.send(Request.cmd(Command.SELECT).arg(config.database()));
        return ready.compose(selected -> wire.send(Request.cmd(Command.PING)))
                .compose(pong -> role(wire))
                .map(role -> mastered(wire, role));
    }

    /** Where Redis does not say what it is, as behind a proxy, its answers to writes will. */
    private static Future<Optional<String>> role(Wire wire) {
        return wire.send(Request.cmd(ROLE)).map(Dialer::firstWord).otherwise(Optional.empty());
    }

    private static Optional<String> firstWord(Response answer) {
        return RedisAnswer.of(answer).items().stream().findFirst().flatMap(RedisAnswer::text);
    }

    private static Wire mastered(Wire wire, Optional<String> role) {
        if (role.filter("slave"::equals).isPresent()) {
            throw new RedisException(RedisFault.READ_ONLY, "this Redis is a replica");
        }
        return wire.withRole(role);
    }

    private Future<Wire> connect(RedisOptions options) {
        Redis client = Redis.createClient(vertx, options);
        return bounded(client.connect())
                .map(connection -> new Wire(client, connection, Optional.empty()))
                .onFailure(failure -> client.close());
    }

    private <T> Future<T> bounded(Future<T> step) {
        return step.timeout(limits.connect().toMillis(), TimeUnit.MILLISECONDS);
    }

    private RedisOptions options(RedisAddress address) {
        return new RedisOptions()
                .setConnectionString((config.tls() ? "rediss://" : "redis://") + address)
                .setNetClientOptions(net())
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setPoolCleanerInterval(-1)
                .setMaxWaitingHandlers(limits.waiting());
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
}
