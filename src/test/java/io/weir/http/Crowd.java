package io.weir.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Thousands of connections to one port, each of which sends what it is told and then waits. */
public final class Crowd implements AutoCloseable {
    private final List<SocketChannel> channels = new ArrayList<>();

    /** Opens them one after the other. */
    public Crowd(int port, int connections) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int i = 0; i < connections; i++) {
            channels.add(SocketChannel.open(address));
        }
    }

    /** Sends the same on all of them; those that the server has closed are left out. */
    public Crowd send(String text) {
        return sendEach(() -> text);
    }

    /** Sends another text on each of them. */
    public Crowd sendEach(Supplier<String> text) {
        for (SocketChannel channel : channels) {
            try {
                ByteBuffer rest = ByteBuffer.wrap(text.get().getBytes(StandardCharsets.UTF_8));
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            } catch (IOException closed) {
                // The server may turn them away.
            }
        }
        return this;
    }

    /** How many of them the server has neither closed nor answered. */
    public int waiting() throws IOException {
        int waiting = 0;
        for (SocketChannel channel : channels) {
            channel.configureBlocking(false);
            try {
                waiting += channel.read(ByteBuffer.allocate(1)) == 0 ? 1 : 0;
            } catch (IOException closed) {
                // Not waiting.
            }
            channel.configureBlocking(true);
        }
        return waiting;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
