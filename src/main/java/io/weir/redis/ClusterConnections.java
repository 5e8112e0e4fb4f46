package io.weir.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.weir.redis.RedisConnector.Target;
import io.weir.redis.RedisException.Redirect;
import io.weir.redis.RedisLink.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The masters of a Redis Cluster, each with connections of its own. A command goes to the master of its key, one without a key to
 * the first master that is not away, so that all instances take the time from the same one.
 *
 * <table>
 * <caption>What makes it ask which node has which keys</caption>
 * <tr><th>what happens</th><th>then</th></tr>
 * <tr><td>it opens</td><td>commands wait for the answer</td></tr>
 * <tr><td>a node says that another has the key (MOVED)</td><td>the command goes there; the map is read anew</td></tr>
 * <tr><td>the same, for this command only (ASK)</td><td>the command goes there, behind ASKING</td></tr>
 * <tr><td>a master is away</td><td>commands for its keys fail at once; asked twice a second until a map names none that is away</td></tr>
 * </table>
 *
 * <p>Several commands that are sent together go one after the other, each when the one before it has been answered: their keys may
 * lie on different nodes, and the second must never be there without the first.
 */
final class ClusterConnections implements Topology {
    /** So often a command is sent on before its answer is an error. */
    private static final int REDIRECTS = 3;

    private static final Request ASKING = Request.cmd(Command.ASKING);

    private final VertxInternal vertx;
    private final ContextInternal home;
    private final RedisConfig config;
    private final RedisLimits limits;
    private final LoopConnection.Listener listener;
    private final RedisConnector connector;
    private final Map<RedisAddress, ServerConnections> servers = new ConcurrentHashMap<>();
    private final Promise<Void> asked = Promise.promise();
    private volatile @Nullable SlotMap slots;
    private volatile RedisException evidence = new RedisException(RedisFault.UNREACHABLE, "Redis is unavailable");
    private volatile boolean closed;
    private volatile boolean wanted;
    /** Belongs to the event loop of home. */
    private boolean asking;

    ClusterConnections(
            VertxInternal vertx,
            ContextInternal caller,
            RedisConfig config,
            RedisLimits limits,
            LoopConnection.Listener listener) {
        this.vertx = vertx;
        this.home = ServerConnections.ownContext(vertx, caller);
        this.config = config;
        this.limits = limits;
        this.listener = listener;
        this.connector = new RedisConnector(vertx, Target.of(config), limits, this::limited);
    }

    @Override
    public void start() {
        refresh();
    }

    @Override
    public void lost() {
        refresh();
    }

    @Override
    public Future<RedisAnswer> send(Duration limit, List<Request> requests) {
        if (slots == null && !asked.future().isComplete()) {
            return onceAsked(limit).compose(known -> sendAll(limit, requests));
        }
        return sendAll(limit, requests);
    }

    @Override
    public Stream<ServerConnections> servers() {
        return servers.values().stream();
    }

    @Override
    public boolean isAway() {
        return closed || (asked.future().isComplete() && servers().allMatch(ServerConnections::isAway));
    }

    @Override
    public Future<Void> attempted() {
        return asked.future()
                .compose(known -> Future.join(
                                servers().map(ServerConnections::attempted).toList())
                        .mapEmpty());
    }

    @Override
    public void close() {
        closed = true;
        servers.values().forEach(ServerConnections::close);
    }

    /** In the caller's context, like every answer. */
    private Future<Void> onceAsked(Duration limit) {
        Context caller = Vertx.currentContext();
        PromiseInternal<Void> here = (caller instanceof ContextInternal context ? context : home).promise();
        asked.future().onComplete(here);
        return here.future()
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(InFlight.timeout()));
    }

    private Future<RedisAnswer> sendAll(Duration limit, List<Request> requests) {
        return requests.size() == 1
                ? route(limit, requests.get(0))
                : inTurn(limit, requests, new ArrayList<>()).map(RedisAnswer::together);
    }

    private Future<List<RedisAnswer>> inTurn(Duration limit, List<Request> requests, List<RedisAnswer> answers) {
        return answers.size() == requests.size()
                ? Future.succeededFuture(answers)
                : route(limit, requests.get(answers.size())).compose(answer -> {
                    answers.add(answer);
                    return inTurn(limit, requests, answers);
                });
    }

    private Future<RedisAnswer> route(Duration limit, Request request) {
        SlotMap map = slots;
        if (map == null) {
            return refused(evidence);
        }
        Optional<RedisAddress> owner = SlotMap.slotOf(request).map(map::owner).orElseGet(() -> Optional.of(anyOf(map)));
        if (owner.isEmpty()) {
            refresh();
            RedisException unowned =
                    new RedisException(RedisFault.CLUSTER, "no node of the Redis Cluster has this part of the keys");
            listener.failed(unowned, false);
            return refused(unowned);
        }
        return sendTo(owner.get(), limit, List.of(request), REDIRECTS);
    }

    private Future<RedisAnswer> refused(RedisException why) {
        listener.notCarriedOut(why.fault(), 1);
        return Future.failedFuture(why);
    }

    /** The first that is not away. */
    private RedisAddress anyOf(SlotMap map) {
        RedisAddress first = null;
        for (RedisAddress each : map.masters()) {
            ServerConnections server = servers.get(each);
            if (server != null && !server.isAway()) {
                return each;
            }
            first = first == null ? each : first;
        }
        return first == null ? config.nodes().get(0) : first;
    }

    private Future<RedisAnswer> sendTo(RedisAddress node, Duration limit, List<Request> requests, int redirects) {
        return server(node).send(limit, requests).recover(failure -> {
            Optional<Redirect> redirect = failure instanceof RedisException told ? told.redirect() : Optional.empty();
            return redirect.filter(any -> redirects > 0)
                    .map(there -> follow(there, node, limit, requests, redirects - 1))
                    .orElseGet(() -> Future.failedFuture(failure));
        });
    }

    private Future<RedisAnswer> follow(
            Redirect redirect, RedisAddress from, Duration limit, List<Request> requests, int redirects) {
        RedisAddress to = new RedisAddress(redirect.host().isEmpty() ? from.host() : redirect.host(), redirect.port());
        Request command = requests.get(requests.size() - 1);
        if (!redirect.isOnce()) {
            refresh();
            return sendTo(to, limit, List.of(command), redirects);
        }
        return sendTo(to, limit, List.of(ASKING, command), redirects)
                .map(both -> both.items().get(1));
    }

    private ServerConnections server(RedisAddress node) {
        ServerConnections known = servers.get(node);
        return known == null ? servers.computeIfAbsent(node, this::open) : known;
    }

    private ServerConnections open(RedisAddress node) {
        SlotMap map = slots;
        String probe = config.key("probe");
        String key = map == null ? probe : map.keyOn(node, probe);
        ServerConnections opened =
                new ServerConnections(vertx, home, new Target(config, Optional.of(node), key), limits, listener);
        opened.start();
        if (closed) {
            opened.close();
        }
        return opened;
    }

    private void refresh() {
        wanted = true;
        home.runOnContext(now -> ask());
    }

    // From here on in the context of home.

    private void ask() {
        if (asking || closed) {
            return;
        }
        asking = true;
        wanted = false;
        connector
                .slots(candidates())
                .onSuccess(this::take)
                .onFailure(this::notTold)
                .onComplete(done -> {
                    asked.tryComplete();
                    Duration pause = isWhole() ? limits.shortestPause() : limits.longestPause();
                    vertx.setTimer(Math.max(1, pause.toMillis()), id -> askAgain());
                });
    }

    private void askAgain() {
        asking = false;
        if (wanted || !isWhole()) {
            ask();
        }
    }

    private boolean isWhole() {
        SlotMap map = slots;
        return map != null && map.isWhole() && servers().allMatch(ServerConnections::isNoneAway);
    }

    /** The nodes that are up, in any order, then all others: the view of a node that was cut off is not taken twice in a row. */
    private List<RedisAddress> candidates() {
        List<RedisAddress> up = new ArrayList<>();
        servers.forEach((node, connections) -> {
            if (!connections.isAway()) {
                up.add(node);
            }
        });
        Collections.shuffle(up);
        Set<RedisAddress> all = new LinkedHashSet<>(up);
        SlotMap map = slots;
        if (map != null) {
            all.addAll(map.nodes());
        }
        all.addAll(config.nodes());
        return List.copyOf(all);
    }

    private void take(SlotMap map) {
        if (closed) {
            return;
        }
        slots = map;
        map.masters().forEach(this::server);
        servers.forEach((node, connections) -> {
            if (!map.masters().contains(node)) {
                servers.remove(node);
                connections.retire();
            }
        });
    }

    private void notTold(Throwable failure) {
        evidence = RedisException.of(failure);
        if (slots == null && !closed) {
            listener.failed(evidence, true);
        }
    }

    private <T> Future<T> limited(Future<T> step) {
        return step.timeout(limits.connect().toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure ->
                        Future.failedFuture(failure instanceof TimeoutException ? InFlight.timeout() : failure));
    }
}
