package io.weir.redis;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.internal.net.NetClientInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.Metrics;
import java.time.Duration;

/**
 * A Vert.x for the driver, whose connections write what is sent within one turn of the event loop at the end of the turn, in
 * one write. The driver's {@code batch} would do that as well, and fails all of its commands when Redis answers one of them
 * with an error.
 */
final class OneWritePerTick extends VertxWrapper {
    /** So many commands are written before the end of the turn. */
    private static final int COMMANDS = 64;

    OneWritePerTick(Vertx vertx) {
        super((VertxInternal) vertx);
    }

    @Override
    public NetClient createNetClient(NetClientOptions options) {
        return new Client((NetClientInternal) super.createNetClient(options));
    }

    private record Client(NetClientInternal wrapped) implements NetClientInternal {

        @Override
        public void connectInternal(ConnectOptions options, Promise<NetSocket> connected, ContextInternal context) {
            Promise<NetSocket> socket = context.promise();
            socket.future().onSuccess(Client::deferFlushes).onComplete(connected);
            wrapped.connectInternal(options, socket, context);
        }

        private static void deferFlushes(NetSocket socket) {
            ChannelHandlerContext handler = ((NetSocketInternal) socket).channelHandlerContext();
            handler.pipeline().addBefore(handler.name(), null, new FlushConsolidationHandler(COMMANDS, true));
        }

        @Override
        public Future<Void> closeFuture() {
            return wrapped.closeFuture();
        }

        @Override
        public Future<NetSocket> connect(int port, String host) {
            return wrapped.connect(port, host);
        }

        @Override
        public Future<NetSocket> connect(int port, String host, String serverName) {
            return wrapped.connect(port, host, serverName);
        }

        @Override
        public Future<NetSocket> connect(SocketAddress address) {
            return wrapped.connect(address);
        }

        @Override
        public Future<NetSocket> connect(SocketAddress address, String serverName) {
            return wrapped.connect(address, serverName);
        }

        @Override
        public Future<NetSocket> connect(ConnectOptions options) {
            return wrapped.connect(options);
        }

        @Override
        public Future<Void> shutdown(Duration timeout) {
            return wrapped.shutdown(timeout);
        }

        @Override
        public Future<Boolean> updateSSLOptions(ClientSSLOptions options, boolean force) {
            return wrapped.updateSSLOptions(options, force);
        }

        @Override
        public Metrics getMetrics() {
            return wrapped.getMetrics();
        }

        @Override
        public void close(Completable<Void> closed) {
            wrapped.close(closed);
        }
    }
}
