package io.weir.bench;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends prepared pushes over kept-alive connections, for one window. Costs little itself, since it shares the cores with
 * the server: it writes bytes that were made before and keeps the answers to be looked at afterwards.
 */
final class Load implements AutoCloseable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private final Exchanges exchanges;
    private final List<Connection> connections = new ArrayList<>();
    private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>();
    private volatile long stopSending;
    private volatile boolean closed;

    /** Opens the connections. */
    Load(int port, int connections, List<Push> pushes) throws IOException {
        this.exchanges = new Exchanges(pushes);
        for (int i = 0; i < connections; i++) {
            this.connections.add(Connection.open(port));
        }
    }

    /** As many pushes as the server takes: each connection sends its next push when it has the answer to the last one. */
    Exchanges saturate(Duration limit) throws IOException, InterruptedException {
        startLoops(this::sendNext);
        long start = System.nanoTime();
        stopSending = start + limit.toNanos();
        connections.forEach(this::sendNext);
        awaitIdle(stopSending + ANSWER_TIMEOUT.toNanos());
        exchanges.started(start);
        return exchanges;
    }

    /**
     * All pushes at a steady rate, whether or not the server keeps up. A push that finds no idle connection waits, and its
     * latency counts from when it should have been sent.
     */
    Exchanges pace(int perSecond) throws IOException, InterruptedException {
        startLoops(idle::add);
        idle.addAll(connections);
        long start = System.nanoTime();
        for (int number = exchanges.take(); number >= 0; number = exchanges.take()) {
            long due = start + number * 1_000_000_000L / perSecond;
            sleepUntil(due);
            Connection connection = idle.poll(ANSWER_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
            if (connection == null) {
                exchanges.lost("no answer for " + ANSWER_TIMEOUT.toSeconds() + " s");
                break;
            }
            send(connection, number, due);
        }
        awaitIdle(System.nanoTime() + ANSWER_TIMEOUT.toNanos());
        exchanges.started(start);
        return exchanges;
    }

    private void sendNext(Connection connection) {
        int number = System.nanoTime() - stopSending < 0 ? exchanges.take() : -1;
        if (number < 0) {
            idle.add(connection);
        } else {
            send(connection, number, System.nanoTime());
        }
    }

    private void send(Connection connection, int number, long since) {
        try {
            connection.send(number, exchanges.request(number), since);
        } catch (IOException broken) {
            exchanges.lost("could not be sent: " + broken.getMessage());
            connection.close();
        }
    }

    private static void sleepUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Waits until every connection is idle again; what is not by then is lost. */
    private void awaitIdle(long until) throws InterruptedException {
        while (idle.size() < connections.size() - broken() && System.nanoTime() - until < 0) {
            Thread.sleep(5);
        }
    }

    private long broken() {
        return connections.stream().filter(Connection::isClosed).count();
    }

    private void startLoops(Idle then) throws IOException {
        int count = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));
        for (int i = 0; i < count; i++) {
            Selector selector = Selector.open();
            for (int own = i; own < connections.size(); own += count) {
                connections.get(own).register(selector);
            }
            Thread loop = new Thread(() -> receive(selector, then), "load-" + i);
            loop.setDaemon(true);
            loop.start();
        }
    }

    private void receive(Selector selector, Idle then) {
        try (selector) {
            while (!closed) {
                selector.select(key -> receive(key, then), 100);
            }
        } catch (IOException unexpected) {
            exchanges.lost("selector: " + unexpected);
        }
    }

    private void receive(SelectionKey key, Idle then) {
        Connection connection = (Connection) key.attachment();
        try {
            byte[] answer = connection.receive();
            if (answer != null) {
                exchanges.answered(connection.push(), answer, connection.since(), System.nanoTime());
                then.idle(connection);
            }
        } catch (IOException | RuntimeException broken) {
            if (!closed) {
                exchanges.lost("connection lost: " + broken);
            }
            key.cancel();
            connection.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        connections.forEach(Connection::close);
    }

    /** What is done with a connection that has its answer. */
    @FunctionalInterface
    private interface Idle {
        void idle(Connection connection);
    }
}
