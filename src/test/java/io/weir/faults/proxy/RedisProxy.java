package io.weir.faults.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between gateways and a Redis and passes everything on, until it is told to be slow, to be cut, to swallow,
 * to answer errors, or to tell another time. What it is told holds for the connections that there are and for those to come, until {@link #clear}.
 */
public final class RedisProxy implements AutoCloseable {
    private static final Weather CLEAR = new Weather.Slow(Duration.ZERO, Integer.MAX_VALUE);

    private final ServerSocket listener;
    private final int redisPort;
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
    private volatile Weather weather = CLEAR;

    private RedisProxy(ServerSocket listener, int redisPort) {
        this.listener = listener;
        this.redisPort = redisPort;
    }

    /** One on a free port, before the Redis on that port. */
    public static RedisProxy before(int redisPort) {
        try {
            ServerSocket listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
            RedisProxy proxy = new RedisProxy(listener, redisPort);
            daemon("redis-proxy", proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Each answer comes so much later. */
    public void delay(Duration time) {
        weather = new Weather.Slow(time, Integer.MAX_VALUE);
    }

    /** Answers come at so many bytes a second on each connection. */
    public void throttle(int bytesPerSecond) {
        weather = new Weather.Slow(Duration.ZERO, bytesPerSecond);
    }

    /** Ends every connection, and each new one at once. */
    public void cut() {
        weather = new Weather.Cut();
        passages.forEach(Passage::close);
    }

    /** Connections stay and new ones are accepted; whatever is sent, nothing arrives and nothing comes back. */
    public void halfOpen() {
        weather = new Weather.Silence();
    }

    /** Redis's clock is so far ahead, as {@code TIME} tells it; scripts in Redis still see the right time. */
    public void clockAhead(Duration time) {
        weather = new Weather.ClockAhead(time);
    }

    /** Answers these commands with an error, without asking Redis. */
    public void refuse(Refusal refusal) {
        refuse(refusal, Integer.MAX_VALUE);
    }

    /** The same for the next {@code commands} of those that it concerns. */
    public void refuse(Refusal refusal, int commands) {
        weather = new Weather.Refusing(refusal, commands);
    }

    /** Passes everything on again. Connections on which something was swallowed end: nobody knows what is missing there. */
    public void clear() {
        boolean swallowed = weather.swallows();
        weather = CLEAR;
        if (swallowed) {
            passages.forEach(Passage::close);
        }
    }

    Weather weather() {
        return weather;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                open(listener.accept());
            } catch (IOException closed) {
                // It ends with the listener; a client that is gone already is none.
            }
        }
    }

    private void open(Socket client) throws IOException {
        client.setTcpNoDelay(true);
        Optional<Socket> redis = weather instanceof Weather.Cut ? Optional.empty() : connect();
        if (redis.isEmpty()) {
            client.setSoLinger(true, 0);
            client.close();
            return;
        }
        Passage passage = new Passage(this, client, redis.get());
        passages.add(passage);
        passage.start(() -> passages.remove(passage));
    }

    private Optional<Socket> connect() {
        try {
            Socket redis = new Socket(InetAddress.getLoopbackAddress(), redisPort);
            redis.setTcpNoDelay(true);
            return Optional.of(redis);
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        passages.forEach(Passage::close);
    }
}
