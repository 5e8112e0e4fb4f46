package io.weir.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.weir.http.Runtimes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Measures by a timer how late an event loop does what is due ({@code weir_event_loop_lag_seconds}): something blocks it, or the
 * process does not get its cores. The longest of the last half to whole minute. One for each event loop.
 */
public final class LoopLag extends VerticleBase {
    private static final long PERIOD_MILLIS = 100;
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
    private static final long HALF_MINUTE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final LongSupplier nanos;
    private volatile long lastTick;
    private volatile long longest;
    private volatile long longestBefore;
    private long since;

    /** One for each event loop. */
    public static List<LoopLag> ofAllLoops(MeterRegistry metrics) {
        return IntStream.range(0, Runtimes.LOOPS)
                .mapToObj(loop -> new LoopLag(loop, metrics, System::nanoTime))
                .toList();
    }

    /** @param loop which one, as a label */
    LoopLag(int loop, MeterRegistry metrics, LongSupplier nanos) {
        this.nanos = nanos;
        this.lastTick = nanos.getAsLong();
        this.since = lastTick;
        Gauge.builder("weir.event.loop.lag", this, LoopLag::seconds)
                .description("How late a timer of the event loop was at most in the last half to whole minute")
                .baseUnit("seconds")
                .tag("loop", Integer.toString(loop))
                .register(metrics);
    }

    @Override
    public Future<?> start() {
        lastTick = nanos.getAsLong();
        vertx.setPeriodic(PERIOD_MILLIS, id -> tick());
        return Future.succeededFuture();
    }

    /** On the loop. */
    void tick() {
        long now = nanos.getAsLong();
        if (now - since >= HALF_MINUTE_NANOS) {
            longestBefore = longest;
            longest = 0;
            since = now;
        }
        longest = Math.max(longest, now - lastTick - PERIOD_NANOS);
        lastTick = now;
    }

    /** A loop that is blocked now is as late as it has been blocked. Any thread. */
    double seconds() {
        long waiting = nanos.getAsLong() - lastTick - PERIOD_NANOS;
        return Math.max(waiting, Math.max(longest, longestBefore)) / 1e9;
    }
}
