package io.weir.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import io.weir.http.OverloadRefusals.Policy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the connections of a server within its limits. It closes those that keep the server waiting: a request that does not
 * arrive whole within {@link Limits#request}, and a kept-alive connection without a request within {@link Limits#idle}. An
 * idle timeout of the transport would not do: a sender of one byte a second never idles.
 *
 * <p>It bounds their memory by {@link Limits#bytes}. A connection counts {@value #CONNECTION_BYTES} bytes, and twice what it
 * has sent since its last answer, parsed or not: buffers grow by doubling. Above the limit, the connections that the server
 * waits for make way: first those with an unfinished request, then the idle ones, last those that have sent nothing yet; in
 * each case those that have been waited for longest, with 503 where a request has begun. What arrives in one piece is never
 * waited for, so the pushes of a well-behaved sender pass. Requests that have arrived whole and wait for their answers have half
 * as much space besides, which nobody else takes. Only where that is full, too, is a new request answered 503.
 *
 * <p>One for each server instance, on its event loop.
 */
public final class ConnectionWatch {
    private static final long SWEEP_MILLIS = 1_000;
    private static final long CONNECTION_BYTES = 8 * 1_024;
    private static final int MAX_PIPELINED = 16;
    private static final byte[] UNAVAILABLE =
            "HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    /** One read at a time, so that no connection keeps the event loop from the others. */
    private static final RecvByteBufAllocator ONE_READ =
            new AdaptiveRecvByteBufAllocator(64, 4_096, 16_384).maxMessagesPerRead(1);

    private final Map<HttpConnection, State> connections = new HashMap<>();
    private final Vertx vertx;
    private final Limits limits;
    private final OverloadRefusals refusals;
    private long seconds;
    private long entered;
    private long usedBytes;
    /** What of it requests take that have arrived whole. */
    private long wholeBytes;

    private ConnectionWatch(Vertx vertx, Limits limits, OverloadRefusals refusals) {
        this.vertx = vertx;
        this.limits = limits;
        this.refusals = refusals;
    }

    /** Watches a server that does not listen yet; the caller reports its requests to {@link #received}. */
    public static ConnectionWatch on(HttpServer server, Vertx vertx, Limits limits, OverloadRefusals refusals) {
        ConnectionWatch watch = new ConnectionWatch(vertx, limits, refusals);
        server.connectionHandler(watch::opened);
        vertx.setPeriodic(SWEEP_MILLIS, id -> watch.sweep());
        return watch;
    }

    /**
     * Reports that the head of a request has arrived, before its body is read.
     *
     * @return whether to answer it; not when there is no space for it, nor when an earlier answer said that it was the last of
     *     the connection: what follows may be the rest of a request that was understood in another way than its sender meant
     */
    public boolean received(HttpServerRequest request) {
        State state = connections.get(request.connection());
        if (state == null || state.closing) {
            return false;
        }
        state.pipelined--;
        HttpServerResponse response = request.response();
        response.headersEndHandler(
                head -> state.closing = response.headers().contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true));
        response.endHandler(done -> state.answered());
        state.enter(Phase.ANSWER);
        if (isFull(1) && !makeWay(Policy.BYTES)) {
            refusals.count(Policy.BYTES);
            EarlyAnswer.end(vertx, request, 503);
            return false;
        }
        state.request = request;
        state.enter(Phase.BODY);
        return true;
    }

    /** Reports that the request has arrived whole; from here on the server is the one who is waited for. */
    public void complete(HttpServerRequest request) {
        State state = connections.get(request.connection());
        if (state != null) {
            state.enter(Phase.ANSWER);
        }
    }

    /** Reports that the body or the answer is a stream, which lasts as long as its other end wants, and is not kept. */
    public void stream(HttpServerRequest request) {
        State state = connections.get(request.connection());
        if (state != null) {
            state.enter(Phase.STREAM);
        }
    }

    private void opened(HttpConnection connection) {
        State state = new State(connection);
        if (connections.size() >= limits.connections() && !makeWay(Policy.CONNECTIONS)) {
            refusals.count(Policy.CONNECTIONS);
            connection.close();
            return;
        }
        connections.put(connection, state);
        refusals.opened();
        state.charge(0);
        connection.closeHandler(closed -> forget(state));
        if (connection instanceof HttpServerConnection wire) {
            ChannelHandlerContext context = wire.channelHandlerContext();
            AcceptLimit.count(context.channel(), refusals);
            context.channel().config().setRecvByteBufAllocator(ONE_READ);
            ChannelHandlerContext tls = context.pipeline().context(SslHandler.class);
            if (tls == null) {
                context.pipeline().addFirst(new Bytes(state));
            } else {
                context.pipeline().addAfter(tls.name(), null, new Bytes(state));
            }
            context.pipeline().addBefore(context.name(), null, new Pipelining(state));
        }
    }

    /** Closes connections that are waited for until an eighth of the limits is free; whether the limits are kept then. */
    private boolean makeWay(Policy policy) {
        List<State> waitedFor = connections.values().stream()
                .filter(State::isWaitedFor)
                .sorted(Comparator.comparing((State state) -> state.rank(policy))
                        .thenComparing(state -> state.order))
                .toList();
        for (State each : waitedFor) {
            if (!isFull(7.0 / 8) && connections.size() <= limits.connections() / 8 * 7) {
                break;
            }
            turnAway(each, policy);
        }
        return !isFull(1) && connections.size() < limits.connections();
    }

    /** Whether the bytes of connections that are waited for, or of all, take more than this part of their limits. */
    private boolean isFull(double part) {
        return usedBytes - wholeBytes > limits.bytes() * part || usedBytes > limits.bytes() * part * 3 / 2;
    }

    /** An unfinished request is ended beside Vert.x, whose answers take time, and hold a connection until they are written. */
    private void turnAway(State state, Policy policy) {
        refusals.count(policy);
        state.closing = true;
        ChannelHandlerContext wire = state.isUnanswered() ? state.wire : null;
        forget(state);
        if (wire == null) {
            state.connection.close();
        } else {
            wire.writeAndFlush(Unpooled.wrappedBuffer(UNAVAILABLE)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void forget(State state) {
        if (connections.remove(state.connection) != null) {
            refusals.closed();
        }
        state.cost(0);
        state.forgotten = true;
        state.request = null;
    }

    private void sweep() {
        seconds++;
        new ArrayList<>(connections.values())
                .stream().filter(state -> state.isOverdue(seconds, limits)).forEach(state -> state.connection.close());
    }

    /**
     * What connections may take.
     *
     * @param request from the opening of the connection, or the head of a request, to its last byte
     * @param idle between the end of a response and the next request; longer than a balancer keeps a connection, so
     *     that the balancer closes first
     * @param answer until the response is written
     * @param connections how many at once, for each event loop
     * @param bytes how much memory at once, for each event loop; requests that have arrived whole may take half as much more
     */
    public record Limits(Duration request, Duration idle, Duration answer, int connections, long bytes) {
        /**
         * The limits of one of several event loops that share a part of the heap, and of the files that the process may open: a
         * quarter holds 4,000 idle connections of a heap of 128 MiB.
         *
         * @param share of the heap, for all of them
         * @param shareOfFiles of the file descriptors that are left for connections, for all of them
         */
        public static Limits of(double share, double shareOfFiles, int loops, Duration answer) {
            long bytes = (long) (Runtime.getRuntime().maxMemory() * share / loops);
            long files = (long) (AcceptLimit.filesForConnections() * shareOfFiles / loops);
            int connections = (int) Math.max(8, Math.min(20_000, Math.min(bytes / CONNECTION_BYTES, files)));
            return new Limits(Duration.ofSeconds(8), Duration.ofSeconds(75), answer, connections, bytes);
        }
    }

    /**
     * Sees bytes before there is a request: an idle connection becomes one that is waited for, and what is kept of them is
     * counted.
     */
    private final class Bytes extends ChannelInboundHandlerAdapter {
        private final State state;

        Bytes(State state) {
            this.state = state;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            state.wire = context;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
            if (state.phase == Phase.IDLE || state.phase == Phase.FIRST) {
                state.enter(Phase.HEAD);
            }
            if (bytes instanceof ByteBuf buffer) {
                state.lastRead = buffer.readableBytes();
                state.charge(state.phase == Phase.STREAM ? state.lastRead : state.bytes + state.lastRead);
            }
            super.channelRead(context, bytes);
            if (isFull(1)) {
                makeWay(Policy.BYTES);
            }
        }
    }

    /** Counts requests that wait for the answers to those before them, each of which takes more memory than its bytes. */
    private final class Pipelining extends ChannelInboundHandlerAdapter {
        private final State state;

        Pipelining(State state) {
            this.state = state;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (message instanceof HttpRequest && ++state.pipelined > MAX_PIPELINED) {
                if (!state.closing) {
                    turnAway(state, Policy.PIPELINING);
                }
                ReferenceCountUtil.release(message);
                return;
            }
            super.channelRead(context, message);
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

    private final class State {
        private final HttpConnection connection;
        private Phase phase = Phase.FIRST;
        private long since = seconds;
        private long order = entered++;
        private boolean closing;
        private boolean forgotten;
        private int pipelined;
        private long bytes;
        private int lastRead;
        private long charged;
        private @Nullable ChannelHandlerContext wire;
        private @Nullable HttpServerRequest request;

        State(HttpConnection connection) {
            this.connection = connection;
        }

        void enter(Phase next) {
            boolean begins = phase == Phase.FIRST && next == Phase.HEAD;
            long cost = charged;
            cost(0);
            phase = next;
            cost(cost);
            since = begins ? since : seconds;
            order = entered++;
        }

        /** What was read last may hold the beginning of the next request. */
        void answered() {
            request = null;
            enter(Phase.IDLE);
            charge(lastRead);
        }

        void charge(long held) {
            if (!forgotten) {
                cost(CONNECTION_BYTES + 2 * held);
            }
            bytes = held;
        }

        void cost(long cost) {
            usedBytes += cost - charged;
            wholeBytes += phase == Phase.ANSWER ? cost - charged : 0;
            charged = cost;
        }

        /** Who makes way first. Who has sent nothing yet takes a connection, but no bytes to speak of. */
        int rank(Policy policy) {
            return switch (phase) {
                case HEAD, BODY -> 0;
                case FIRST -> policy == Policy.BYTES ? 2 : 0;
                default -> 1;
            };
        }

        /** Whether a request has begun to which nothing has been said yet. */
        boolean isUnanswered() {
            return phase == Phase.HEAD
                    || (phase == Phase.BODY
                            && request != null
                            && !request.response().headWritten());
        }

        boolean isWaitedFor() {
            return phase != Phase.ANSWER && phase != Phase.STREAM;
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
