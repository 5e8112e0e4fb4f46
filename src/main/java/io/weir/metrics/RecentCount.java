package io.weir.metrics;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How often something rare has happened within the last five minutes, to a tenth of that. Any thread. */
public final class RecentCount {
    private static final int PARTS = 10;
    private static final long PART_NANOS = Duration.ofMinutes(5).toNanos() / PARTS;

    private final LongSupplier nanos;
    private final long[] counts = new long[PARTS];
    private long part;

    /** @param nanos what passes steadily, {@link System#nanoTime} */
    public RecentCount(LongSupplier nanos) {
        this.nanos = nanos;
        this.part = Math.floorDiv(nanos.getAsLong(), PART_NANOS);
    }

    /** Counts one. */
    public synchronized void add() {
        forgetOld();
        counts[index(part)]++;
    }

    /** How many there were. */
    public synchronized long sum() {
        forgetOld();
        long sum = 0;
        for (long each : counts) {
            sum += each;
        }
        return sum;
    }

    private void forgetOld() {
        long now = Math.floorDiv(nanos.getAsLong(), PART_NANOS);
        for (long each = Math.max(part + 1, now - PARTS + 1); each <= now; each++) {
            counts[index(each)] = 0;
        }
        part = now;
    }

    private static int index(long part) {
        return Math.floorMod(part, PARTS);
    }
}
