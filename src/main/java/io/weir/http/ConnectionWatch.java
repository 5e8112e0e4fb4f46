package io.weir.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * Closes the connections that keep a server waiting: a request that does not arrive whole within {@link Limits#request},
 * and a kept-alive connection without a request within {@link Limits#idle}; and turns new ones away above {@link
 * Limits#connections}. An idle timeout of the transport would not do: a sender of one byte a second never idles.
 *
 * <p>One for each server instance, on its event loop.
 */
public final class ConnectionWatch {
    private static final long SWEEP_MILLIS = 1_000;

    private final Map<HttpConnection, State> connections = new HashMap<>();
    private final Limits limits;
    private long seconds;

    private ConnectionWatch(Limits limits) {
        this.limits = limits;
    }

    /** Watches a server that does not listen yet; the caller reports its requests to {@link #received}. */
    public static ConnectionWatch on(HttpServer server, Vertx vertx, Limits limits) {
        ConnectionWatch watch = new ConnectionWatch(limits);
        server.connectionHandler(watch::opened);
        vertx.setPeriodic(SWEEP_MILLIS, id -> watch.sweep());
        return watch;
    }

    /**
     * Reports that the head of a request has arrived, before its body is read.
     *
     * @return whether to answer it; not when an earlier answer said that it was the last of the connection: what follows
     *     may be the rest of a request that was understood in another way than its sender meant
     */
    public boolean received(HttpServerRequest request) {
        State state = connections.get(request.connection());
        if (state == null || state.closing) {
            return false;
        }
        HttpServerResponse response = request.response();
        state.enter(Phase.BODY, seconds);
        response.headersEndHandler(
                head -> state.closing = response.headers().contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true));
        response.endHandler(done -> state.enter(Phase.IDLE, seconds));
        return true;
    }

    /** Reports that the request has arrived whole; from here on the server is the one who is waited for. */
    public void complete(HttpServerRequest request) {
        State state = connections.get(request.connection());
        if (state != null) {
            state.enter(Phase.ANSWER, seconds);
        }
    }

    /** Reports that the answer is a stream, which lasts as long as its reader wants. */
    public void stream(HttpServerRequest request) {
        State state = connections.get(request.connection());
        if (state != null) {
            state.enter(Phase.STREAM, seconds);
        }
    }

    private void opened(HttpConnection connection) {
        if (connections.size() >= limits.connections()) {
            connection.close();
            return;
        }
        State state = new State(seconds);
        connections.put(connection, state);
        if (connection instanceof HttpServerConnection wire) {
            wire.channelHandlerContext().pipeline().addFirst(new FirstBytes(state));
        }
        connection.closeHandler(closed -> connections.remove(connection));
    }

    private void sweep() {
        seconds++;
        new ArrayList<>(connections.entrySet())
                .stream()
                        .filter(entry -> entry.getValue().isOverdue(seconds, limits))
                        .forEach(entry -> entry.getKey().close());
    }

    /**
     * What a connection may take.
     *
     * @param request from the opening of the connection, or the head of a request, to its last byte
     * @param idle between the end of a response and the next request; longer than a balancer keeps a connection, so
     *     that the balancer closes first
     * @param answer until the response is written
     * @param connections how many at once, for each event loop
     */
    public record Limits(Duration request, Duration idle, Duration answer, int connections) {
        /** The limits of Weir's servers. */
        public static final Limits DEFAULT =
                new Limits(Duration.ofSeconds(8), Duration.ofSeconds(75), Duration.ofSeconds(30), 20_000);
    }

    /** Sees the first bytes of a request before there is a request: an idle connection becomes one that is waited for. */
    private final class FirstBytes extends ChannelInboundHandlerAdapter {
        private final State state;

        FirstBytes(State state) {
            this.state = state;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
            if (state.phase == Phase.IDLE) {
                state.enter(Phase.HEAD, seconds);
            }
            super.channelRead(context, bytes);
        }
    }

    private enum Phase {
        FIRST,
        HEAD,
        BODY,
        ANSWER,
        STREAM,
        IDLE
    }

    private static final class State {
        private Phase phase = Phase.FIRST;
        private long since;
        private boolean closing;

        State(long since) {
            this.since = since;
        }

        void enter(Phase next, long now) {
            phase = next;
            since = now;
        }

        boolean isOverdue(long now, Limits limits) {
            if (phase == Phase.STREAM) {
                return false;
            }
            Duration limit = switch (phase) {
                case FIRST, HEAD, BODY -> limits.request();
                case ANSWER, STREAM -> limits.answer();
                case IDLE -> limits.idle();
            };
            return now - since > limit.toSeconds();
        }
    }
}
