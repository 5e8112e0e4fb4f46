package io.weir.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.redis.client.Request;
import io.weir.redis.RedisConnector.Target;
import io.weir.redis.RedisLink.Topology;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one server: one for each event loop that has sent it something, opened by the loop's first command.
 *
 * <table>
 * <caption>Whose connection a command takes</caption>
 * <tr><th>caller</th><th>connection</th></tr>
 * <tr><td>an event loop of this Vert.x, verticle or not</td><td>the loop's</td></tr>
 * <tr><td>any other thread</td><td>one that is up, of a loop that runs; else one that is not away; else the first</td></tr>
 * </table>
 */
final class ServerConnections implements Topology {
    private final VertxInternal vertx;
    private final Target target;
    private final RedisLimits limits;
    private final LoopConnection.Listener listener;
    private final List<LoopConnection> connections = new CopyOnWriteArrayList<>();
    private final LoopConnection first;
    private volatile boolean closed;

    /** @param home a context of the event loop that connects first */
    ServerConnections(
            VertxInternal vertx,
            ContextInternal home,
            Target target,
            RedisLimits limits,
            LoopConnection.Listener listener) {
        this.vertx = vertx;
        this.target = target;
        this.limits = limits;
        this.listener = listener;
        this.first = LoopConnection.of(vertx, ownContext(vertx, home), target, limits, listener);
        connections.add(first);
    }

    @Override
    public void start() {
        first.start();
    }

    @Override
    public Future<RedisAnswer> send(Duration limit, List<Request> requests) {
        return connection().send(limit, requests);
    }

    @Override
    public Stream<ServerConnections> servers() {
        return Stream.of(this);
    }

    @Override
    public boolean isAway() {
        LoopConnection here = here();
        return (here == null ? any() : here).isAway();
    }

    @Override
    public Future<Void> attempted() {
        return first.attempted();
    }

    @Override
    public synchronized void close() {
        closed = true;
        connections.forEach(LoopConnection::close);
    }

    /** Ends the connections when what waits on them is answered. */
    synchronized void retire() {
        closed = true;
        connections.forEach(LoopConnection::retire);
    }

    List<LoopConnection> connections() {
        return connections;
    }

    boolean isNoneAway() {
        return connections.stream().noneMatch(LoopConnection::isAway);
    }

    private LoopConnection connection() {
        LoopConnection here = here();
        if (here != null) {
            return here;
        }
        Context context = Vertx.currentContext();
        boolean isLoop = context instanceof ContextInternal caller
                && caller.isEventLoopContext()
                && caller.inThread()
                && caller.owner().equals(vertx);
        return isLoop && !closed ? connect((ContextInternal) context) : any();
    }

    private @Nullable LoopConnection here() {
        for (LoopConnection each : connections) {
            if (each.isHere()) {
                return each;
            }
        }
        return null;
    }

    private LoopConnection any() {
        LoopConnection best = first;
        for (LoopConnection each : connections) {
            if (each.isUp() && each.isRunning()) {
                return each;
            }
            best = best.isAway() ? each : best;
        }
        return best;
    }

    /** In a context of its own: connection and timers would end with the verticle in whose context they are made. */
    private synchronized LoopConnection connect(ContextInternal caller) {
        LoopConnection opened = LoopConnection.of(vertx, ownContext(vertx, caller), target, limits, listener);
        opened.start();
        connections.add(opened);
        if (closed) {
            opened.close();
        }
        return opened;
    }

    /** Another context of the same event loop. */
    static ContextInternal ownContext(VertxInternal vertx, ContextInternal caller) {
        return vertx.contextBuilder()
                .withThreadingModel(ThreadingModel.EVENT_LOOP)
                .withEventLoop(caller.nettyEventLoop())
                .build();
    }
}
