package io.weir.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number with a unit, read as a multiple of the smallest unit.
 *
 * @param units what each is worth, smallest first; an empty name allows a bare number
 */
record Amount(String name, Map<String, Long> units, long min, long max) implements Format<Long> {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,18})([A-Za-z]*)");
    private static final Map<String, Long> TIMES = new LinkedHashMap<>();
    private static final Map<String, Long> SIZES = new LinkedHashMap<>();

    static {
        TIMES.put("ms", 1L);
        TIMES.put("s", 1_000L);
        TIMES.put("m", 60_000L);
        TIMES.put("h", 3_600_000L);
        SIZES.put("", 1L);
        SIZES.put("KiB", 1L << 10);
        SIZES.put("MiB", 1L << 20);
        SIZES.put("GiB", 1L << 30);
    }

    /** In milliseconds. */
    static Amount time(Duration min, Duration max) {
        return new Amount("a duration", TIMES, min.toMillis(), max.toMillis());
    }

    static Amount bytes(long min, long max) {
        return new Amount("a size in bytes", SIZES, min, max);
    }

    @Override
    public Optional<Long> read(String text) {
        Matcher parts = NUMBER_AND_UNIT.matcher(text);
        Long worth = parts.matches() ? units.get(parts.group(2)) : null;
        if (worth == null) {
            return Optional.empty();
        }
        long number = Long.parseLong(parts.group(1));
        boolean inRange = number <= max / worth && number * worth >= min;
        return inRange ? Optional.of(number * worth) : Optional.empty();
    }

    @Override
    public String expected() {
        return "expected " + name + " from " + written(min) + " to " + written(max);
    }

    @Override
    public Optional<String> hint(String text) {
        Matcher parts = NUMBER_AND_UNIT.matcher(text);
        if (!parts.matches() || units.containsKey(parts.group(2))) {
            return Optional.empty();
        }
        return parts.group(2).isEmpty()
                ? Optional.of("write the unit: " + Wording.either(units.keySet()))
                : Nearest.question(parts.group(2), units.keySet());
    }

    /** In the largest unit that needs no fraction. */
    private String written(long amount) {
        String best = amount + units.keySet().iterator().next();
        for (Map.Entry<String, Long> unit : units.entrySet()) {
            if (amount != 0 && amount % unit.getValue() == 0) {
                best = amount / unit.getValue() + unit.getKey();
            }
        }
        return best;
    }
}
