package io.weir.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A kept-alive connection to a server, with at most one push on its way. Whoever has taken it while idle sends; the loop
 * of its selector receives.
 */
final class Connection {
    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    private final SocketChannel channel;
    private final byte[] received = new byte[MAX_ANSWER_BYTES];
    private final ByteBuffer buffer = ByteBuffer.wrap(received);
    private volatile int push;
    private volatile long since;

    private Connection(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects, blocking, to a port on loopback. */
    static Connection open(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        return new Connection(channel);
    }

    void register(Selector selector) throws IOException {
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    /**
     * Sends a push.
     *
     * @param push its number, given back by {@link #push()} with its answer
     * @param since when it should have been sent, in {@link System#nanoTime()}
     */
    void send(int push, String request, long since) throws IOException {
        this.push = push;
        this.since = since;
        ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The bytes of the answer once all of it is there, until then null. */
    byte @Nullable [] receive() throws IOException {
        if (channel.read(buffer) < 0) {
            throw new EOFException("the server closed the connection");
        }
        int bytes = HttpAnswer.bytes(received, buffer.position());
        if (bytes > MAX_ANSWER_BYTES) {
            throw new IOException("an answer of " + bytes + " bytes");
        }
        if (bytes < 0 || buffer.position() < bytes) {
            return null;
        }
        byte[] answer = Arrays.copyOf(received, bytes);
        buffer.clear();
        return answer;
    }

    /** Number of the push that is on its way. */
    int push() {
        return push;
    }

    long since() {
        return since;
    }

    boolean isClosed() {
        return !channel.isOpen();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            // The operating system has it back either way.
        }
    }
}
