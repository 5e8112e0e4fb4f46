package io.weir.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a Redis and counts in how many pieces the commands arrive. */
final class WriteCounter implements AutoCloseable {
    private final ServerSocket listener;
    private final int redisPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();

    private WriteCounter(ServerSocket listener, int redisPort) {
        this.listener = listener;
        this.redisPort = redisPort;
    }

    static WriteCounter before(int redisPort) {
        try {
            WriteCounter counter =
                    new WriteCounter(new ServerSocket(0, 16, InetAddress.getLoopbackAddress()), redisPort);
            daemon(counter::accept);
            return counter;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RedisConfig config() {
        return RedisConfig.server(URI.create("redis://127.0.0.1:" + listener.getLocalPort()));
    }

    int count() {
        return count.get();
    }

    @Override
    public void close() {
        end(listener);
        sockets.forEach(WriteCounter::end);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                connect(client);
            } catch (IOException ended) {
                // It ends with the listener.
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket redis = new Socket(InetAddress.getLoopbackAddress(), redisPort);
            redis.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            sockets.add(redis);
            daemon(() -> pass(client, redis, count));
            daemon(() -> pass(redis, client, new AtomicInteger()));
        } catch (IOException refused) {
            end(client);
        }
    }

    private static void pass(Socket from, Socket to, AtomicInteger counted) {
        byte[] piece = new byte[65_536];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                counted.incrementAndGet();
                out.write(piece, 0, length);
            }
        } catch (IOException ended) {
            // Both ends hear of it.
        }
    }

    private static void end(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }
}
