package io.weir.simulator.load;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What came of many pushes. A push with duplicates is one push; it is accepted when each of its deliveries is.
 *
 * @param pushes that are over
 * @param accepted of them
 * @param failures the others by reason, the commonest first
 * @param unanswered those of the others whose last attempt got no answer at all
 * @param attempts made, those of duplicates included
 * @param times of all attempts that got an answer, a bad one included; empty: none did
 * @param elapsed from the first push's beginning to the last one's end
 * @param users what they saw, duplicates apart
 * @param late begun more than 100 ms later than the rate said
 * @param duplicates deliveries beyond the first, and whether their answers were like the first one's
 */
public record LoadSummary(
        int pushes,
        int accepted,
        Map<String, Integer> failures,
        int unanswered,
        int attempts,
        Optional<Percentiles> times,
        Duration elapsed,
        Users users,
        int late,
        Duplicates duplicates) {
    public LoadSummary {
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }

    public int failed() {
        return pushes - accepted;
    }

    public double attemptsPerPush() {
        return pushes == 0 ? 0 : (double) attempts / pushes;
    }

    public double pushesPerSecond() {
        return elapsed.isZero() ? 0 : pushes / (elapsed.toNanos() / 1e9);
    }

    /**
     * What users saw.
     *
     * @param shown a reply
     * @param nothing nothing
     * @param fault the fault notice
     */
    public record Users(int shown, int nothing, int fault) {}

    /**
     * Deliveries beyond the first.
     *
     * @param sent how many
     * @param differing pushes whose deliveries were not all answered alike, compared in the clear
     */
    public record Duplicates(int sent, int differing) {}

    /** How long answers took: so many percent took at most that, to a ten-thousandth. */
    public record Percentiles(Duration p50, Duration p90, Duration p99, Duration max) {
        static Optional<Percentiles> of(Histogram micros) {
            return micros.getTotalCount() == 0
                    ? Optional.empty()
                    : Optional.of(new Percentiles(at(micros, 50), at(micros, 90), at(micros, 99), at(micros, 100)));
        }

        private static Duration at(Histogram micros, int percent) {
            return Duration.of(micros.getValueAtPercentile(percent), ChronoUnit.MICROS);
        }
    }
}
