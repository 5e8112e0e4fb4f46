package io.weir.faults.push;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** So many a second, whatever becomes of them, until it is stopped; a second {@link #rate} takes the place of the first. */
public final class RowLoad implements AutoCloseable {
    private static final long END_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long TURN_NANOS = 500_000;

    private final Supplier<Future<?>> send;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong heldBack = new AtomicLong();
    private volatile int rate;
    private volatile int mostUnderWay = 15_000;
    private volatile boolean stopped;
    private final Thread pacer = new Thread(this::pace, "load");

    private RowLoad(int rate, Supplier<Future<?>> send) {
        this.rate = rate;
        this.send = send;
    }

    /** Starts one; {@code send} is called {@code rate} times a second. */
    public static RowLoad start(int rate, Supplier<Future<?>> send) {
        RowLoad load = new RowLoad(rate, send);
        load.pacer.setDaemon(true);
        load.pacer.start();
        return load;
    }

    public void rate(int perSecond) {
        rate = perSecond;
    }

    /** How many may be under way; the load generator has a memory, too. */
    public void mostUnderWay(int most) {
        mostUnderWay = most;
    }

    /** How many were not sent since too many were under way. */
    public long heldBack() {
        return heldBack.get();
    }

    /** Sends no more and waits for what is under way. */
    public void stop() {
        stopped = true;
        long end = System.nanoTime() + END_NANOS;
        while (pacer.isAlive() || underWay.get() > 0) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(underWay + " pushes have no outcome");
            }
            LockSupport.parkNanos(TURN_NANOS);
        }
    }

    private void pace() {
        long last = System.nanoTime();
        double due = 0;
        while (!stopped) {
            LockSupport.parkNanos(TURN_NANOS);
            long now = System.nanoTime();
            due += (now - last) / 1e9 * rate;
            last = now;
            for (; due >= 1 && !stopped; due--) {
                sendOne();
            }
        }
    }

    private void sendOne() {
        if (underWay.get() >= mostUnderWay) {
            heldBack.incrementAndGet();
            return;
        }
        underWay.incrementAndGet();
        send.get().onComplete(ended -> underWay.decrementAndGet());
    }

    @Override
    public void close() {
        stopped = true;
    }
}
