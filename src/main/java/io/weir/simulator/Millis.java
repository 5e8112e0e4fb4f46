package io.weir.simulator;

import java.time.Duration;
import java.util.Locale;

/** Durations as milliseconds with one decimal. */
final class Millis {
    private Millis() {}

    static String text(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }

    static double number(Duration time) {
        return Math.round(time.toNanos() / 1e5) / 10.0;
    }
}
