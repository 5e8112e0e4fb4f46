package io.weir.bench;

import java.util.OptionalDouble;

/**
 * A figure that Weir is to reach.
 *
 * @param key of the JSON, and so stays
 * @param figure what it is, with its unit
 * @param measured what it is now
 * @param atLeast whether more is better
 * @param target what is to be reached
 * @param stretch what would be better still
 */
record Goal(String key, String figure, Spread measured, boolean atLeast, double target, OptionalDouble stretch) {
    static Goal atMost(String key, String figure, Spread measured, double target) {
        return new Goal(key, figure, measured, false, target, OptionalDouble.empty());
    }

    static Goal atMost(String key, String figure, Spread measured, double target, double stretch) {
        return new Goal(key, figure, measured, false, target, OptionalDouble.of(stretch));
    }

    static Goal atLeast(String key, String figure, Spread measured, double target) {
        return new Goal(key, figure, measured, true, target, OptionalDouble.empty());
    }

    /** Whether the median reaches the target. */
    boolean isMet() {
        return reaches(target);
    }

    boolean isStretchMet() {
        return stretch.isPresent() && reaches(stretch.getAsDouble());
    }

    private boolean reaches(double limit) {
        return atLeast ? measured.median() >= limit : measured.median() <= limit;
    }
}
