package io.weir.simulator.load;

import io.weir.simulator.load.LoadSummary.Percentiles;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Times of answers, all kept: percentiles are exact. One thread at a time. */
final class AnswerTimes {
    private long[] nanos = new long[1024];
    private int count;

    void add(Duration time) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = time.toNanos();
    }

    /** Empty when there was no answer. */
    Optional<Percentiles> percentiles() {
        if (count == 0) {
            return Optional.empty();
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return Optional.of(new Percentiles(at(sorted, 50), at(sorted, 90), at(sorted, 99), at(sorted, 100)));
    }

    /** The least time that so many percent of the answers did not exceed. */
    private static Duration at(long[] sorted, int percent) {
        int rank = (int) Math.ceil(sorted.length * (long) percent / 100.0);
        return Duration.ofNanos(sorted[Math.max(rank, 1) - 1]);
    }
}
