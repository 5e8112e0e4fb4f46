package io.weir.simulator;

import java.time.Duration;
import java.util.Locale;

/** Durations as milliseconds with one decimal. */
public final class Millis {
    private Millis() {}

    public static String text(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }

    public static double number(Duration time) {
        return Math.round(time.toNanos() / 1e5) / 10.0;
    }
}
