package io.weir.simulator.load;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How many pushes are sent and how fast.
 *
 * @param repeat how many, 1 to 1,000,000
 * @param concurrency how many are on their way at a time, 1 to 1,000
 * @param rate begun per second, whatever becomes of the previous ones (an open loop) as long as {@code concurrency} leaves
 *     space; up to 100,000. Empty: one is begun when one is over
 * @param limit when it is passed nothing more is begun; up to 24 hours
 */
public record LoadPlan(int repeat, int concurrency, OptionalDouble rate, Duration limit) {
    /** What nobody should exceed by a slip of the finger. */
    public static final Duration USUAL_LIMIT = Duration.ofHours(1);

    private static final int MOST = 1_000_000;
    private static final int MOST_AT_ONCE = 1000;
    private static final int FASTEST = 100_000;
    private static final double SLOWEST = 0.001;
    private static final int LEAST_BURST = 8;

    /** @throws IllegalArgumentException with the part's name, its bounds and what was found */
    public LoadPlan {
        check("repeat", repeat, repeat >= 1 && repeat <= MOST, "1 to " + MOST);
        check("concurrency", concurrency, concurrency >= 1 && concurrency <= MOST_AT_ONCE, "1 to " + MOST_AT_ONCE);
        double perSecond = rate.orElse(1);
        check("rate", perSecond, perSecond >= SLOWEST && perSecond <= FASTEST, SLOWEST + " to " + FASTEST);
        boolean shortEnough = !limit.isNegative() && limit.compareTo(Duration.ofHours(24)) <= 0;
        check("limit", limit, shortEnough, "up to 24 hours");
    }

    private static void check(String part, Object found, boolean good, String bounds) {
        if (!good) {
            throw new IllegalArgumentException(part + ": expected " + bounds + ", found " + found);
        }
    }

    /** When push number {@code index}, counted from 0, is due after the start. */
    public Duration due(int index) {
        return rate.isEmpty() ? Duration.ZERO : Duration.ofNanos((long) (index / rate.getAsDouble() * 1e9));
    }

    /**
     * How many may be begun in one go. A sender that cannot keep up with the rate would otherwise do nothing but begin, and see
     * no answer.
     */
    int burst() {
        return rate.isEmpty() ? Integer.MAX_VALUE : Math.max(LEAST_BURST, (int) (rate.getAsDouble() / 100));
    }
}
