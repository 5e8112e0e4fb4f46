package io.weir.http;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.transport.Transport;
import io.weir.http.OverloadRefusals.Policy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the servers of a process accept no more connections than it may have open files. {@link ConnectionWatch} decides which
 * connections make way, on their event loop; a burst is accepted faster than event loops can decide. So accepting pauses while
 * too many are open; those to come wait in the kernel.
 *
 * <p>Where a file cannot be opened all the same, accepting pauses as well. The log gets one line when that begins and one when
 * it has ended.
 *
 * <p>One for each server channel, on the event loop that accepts.
 */
public final class AcceptLimit extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptLimit.class);

    /** Of a process with 64 connections to WeChat's server API, handlers in jars and files that are read. */
    private static final int FILES_OF_ITS_OWN = 200;

    /** So much of what the process keeps for itself is for connections that are about to be closed. */
    private static final int SHARE_FOR_CLOSING = 4;

    /** Accepted before event loops get their turn and the limit is looked at again. */
    private static final int AT_ONCE = 8;

    private static final long FULL_MILLIS = 5;
    private static final long NO_FILE_MILLIS = 100;
    private static final long QUIET_SECONDS = 5;

    private final AtomicInteger open;
    private final int most;
    private volatile OverloadRefusals refusals = OverloadRefusals.uncounted();
    private boolean paused;
    /** Failures since the log said so; 0 when there is nothing to take back. */
    private long failures;

    /**
     * Of one server.
     *
     * @param open how many connections the servers of the process have
     * @param most how many they may have
     */
    AcceptLimit(AtomicInteger open, int most) {
        this.open = open;
        this.most = most;
    }

    /** The transport of a Vert.x whose servers keep to the files that the process may open. */
    public static Transport transport() {
        long files = filesForConnections() + filesOfItsOwn() / SHARE_FOR_CLOSING;
        return new LimitedTransport((int) Math.min(Integer.MAX_VALUE, files));
    }

    /** The same with another limit. */
    static Transport transport(int most) {
        return new LimitedTransport(most);
    }

    /** File descriptors that the process may have, less those that it needs for jars, files, Redis and WeChat. */
    static long filesForConnections() {
        return maxFiles() - filesOfItsOwn();
    }

    private static long filesOfItsOwn() {
        return Math.min(FILES_OF_ITS_OWN, maxFiles() / 2);
    }

    private static long maxFiles() {
        long most = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
        return most <= 0 ? Integer.MAX_VALUE : most;
    }

    /** Has the pauses counted of the server that has accepted this connection; nothing happens where there is no limit. */
    static void count(Channel accepted, OverloadRefusals refusals) {
        AcceptLimit limit =
                accepted.parent() == null ? null : accepted.parent().pipeline().get(AcceptLimit.class);
        if (limit != null) {
            limit.refusals = refusals;
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (context.channel().config().getRecvByteBufAllocator() instanceof MaxMessagesRecvByteBufAllocator several) {
            several.maxMessagesPerRead(AT_ONCE);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) throws Exception {
        if (accepted instanceof Channel connection) {
            connection.closeFuture().addListener(closed -> release(connection.eventLoop()));
            if (open.incrementAndGet() >= most) {
                pause(context, FULL_MILLIS);
            }
        }
        super.channelRead(context, accepted);
    }

    /** The JDK closes the file of a channel only when its event loop selects again. */
    private void release(EventLoop loop) {
        if (loop.isShuttingDown()) {
            open.decrementAndGet();
        } else {
            var unused = loop.schedule(open::decrementAndGet, 1, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        if (!(cause instanceof IOException)) {
            super.exceptionCaught(context, cause);
            return;
        }
        refusals.count(Policy.FILES);
        if (failures++ == 0) {
            LOG.atWarn()
                    .addKeyValue("error", cause.getMessage())
                    .addKeyValue("hint", "raise the limit of open files (ulimit -n, LimitNOFILE=)")
                    .log("connections cannot be accepted");
            endAfter(context, failures);
        }
        pause(context, NO_FILE_MILLIS);
    }

    private void endAfter(ChannelHandlerContext context, long before) {
        var unused = context.executor()
                .schedule(
                        () -> {
                            if (failures > before) {
                                endAfter(context, failures);
                            } else {
                                failures = 0;
                                LOG.atInfo().log("connections can be accepted again");
                            }
                        },
                        QUIET_SECONDS,
                        TimeUnit.SECONDS);
    }

    private void pause(ChannelHandlerContext context, long millis) {
        if (!paused) {
            paused = true;
            context.channel().config().setAutoRead(false);
            var unused = context.executor().schedule(() -> goOn(context), millis, TimeUnit.MILLISECONDS);
        }
    }

    private void goOn(ChannelHandlerContext context) {
        paused = false;
        if (open.get() >= most) {
            pause(context, FULL_MILLIS);
        } else {
            context.channel().config().setAutoRead(true);
        }
    }

    /** The transport of the JDK, with a limit to what its servers accept. */
    private static final class LimitedTransport extends NioTransport implements Transport {
        private final AtomicInteger open = new AtomicInteger();
        private final int most;

        LimitedTransport(int most) {
            this.most = most;
        }

        @Override
        public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
            super.configure(config, domainSocket, bootstrap);
            bootstrap.handler(new AcceptLimit(open, most));
        }

        @Override
        public String name() {
            return "nio";
        }

        @Override
        public boolean available() {
            return isAvailable();
        }

        @Override
        public @Nullable Throwable unavailabilityCause() {
            return null;
        }

        @Override
        public io.vertx.core.spi.transport.Transport implementation() {
            return this;
        }
    }
}
