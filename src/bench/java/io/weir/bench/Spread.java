package io.weir.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Middle and ends of a figure over several rounds.
 *
 * @param otherWork the most cores that other work used in one of them
 */
record Spread(double median, double min, double max, double otherWork) {
    /** So much of a core may other work use before a figure is marked. */
    static final double QUIET = 0.2;

    /** Of at least one value. */
    static Spread of(double otherWork, double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1], otherWork);
    }

    static <T> Spread of(List<T> rounds, ToDoubleFunction<T> figure, ToDoubleFunction<T> otherWork) {
        return of(
                rounds.stream().mapToDouble(otherWork).max().orElse(0),
                rounds.stream().mapToDouble(figure).toArray());
    }

    /** This round by round divided by the other: what disturbs a round disturbs both. */
    static <T> Spread ratio(List<T> above, List<T> below, ToDoubleFunction<T> figure, ToDoubleFunction<T> otherWork) {
        double[] ratios = new double[Math.min(above.size(), below.size())];
        Arrays.setAll(ratios, round -> figure.applyAsDouble(above.get(round)) / figure.applyAsDouble(below.get(round)));
        double most = Math.max(
                above.stream().mapToDouble(otherWork).max().orElse(0),
                below.stream().mapToDouble(otherWork).max().orElse(0));
        return of(most, ratios);
    }

    boolean isDisturbed() {
        return otherWork > QUIET;
    }

    /** {@code median (min–max)}, or one number where there is only one; with a star when other work disturbed it. */
    String text(int decimals) {
        String number = "%,." + decimals + "f";
        String text = min == max
                ? String.format(Locale.ROOT, number, median)
                : String.format(Locale.ROOT, number + " (" + number + "–" + number + ")", median, min, max);
        return isDisturbed() ? text + " *" : text;
    }
}
