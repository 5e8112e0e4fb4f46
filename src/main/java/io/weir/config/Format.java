package io.weir.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the text of a single value becomes a typed one. */
interface Format<T> {
    Optional<T> read(String text);

    /** The rule in words: {@code expected …}. */
    String expected();

    /** What may have been meant by a text that {@link #read} refuses. */
    default Optional<String> hint(String text) {
        return Optional.empty();
    }

    /** Decimal digits only; no leading zero, which some would read as octal. */
    record WholeNumber(int min, int max) implements Format<Integer> {
        private static final Pattern DIGITS = Pattern.compile("0|-?[1-9][0-9]{0,9}");

        @Override
        public Optional<Integer> read(String text) {
            if (!DIGITS.matcher(text).matches()) {
                return Optional.empty();
            }
            long number = Long.parseLong(text);
            return number < min || number > max ? Optional.empty() : Optional.of((int) number);
        }

        @Override
        public String expected() {
            return "expected a whole number from " + min + " to " + max;
        }
    }

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
            TIMES.put("d", 86_400_000L);
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

        /** In the largest unit that needs no fraction and is there twice: a day is 24h, as people write it. */
        String written(long amount) {
            String best = amount + units.keySet().iterator().next();
            for (Map.Entry<String, Long> unit : units.entrySet()) {
                if (amount != 0
                        && amount % unit.getValue() == 0
                        && (amount > unit.getValue() || !unit.getKey().equals("d"))) {
                    best = amount / unit.getValue() + unit.getKey();
                }
            }
            return best;
        }
    }

    /** One of a few words, written exactly so; an underscore may stand for a hyphen. */
    record OneOf<T>(Map<String, T> choices) implements Format<T> {

        static OneOf<Boolean> flag() {
            Map<String, Boolean> choices = new LinkedHashMap<>();
            choices.put("true", true);
            choices.put("false", false);
            return new OneOf<>(choices);
        }

        static <E extends Enum<E>> OneOf<E> constants(Class<E> type) {
            Map<String, E> choices = new LinkedHashMap<>();
            for (E constant : type.getEnumConstants()) {
                choices.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
            }
            return new OneOf<>(choices);
        }

        @Override
        public Optional<T> read(String text) {
            return Optional.ofNullable(choices.get(text.replace('_', '-')));
        }

        @Override
        public String expected() {
            return "expected " + Wording.either(choices.keySet());
        }

        @Override
        public Optional<String> hint(String text) {
            return Nearest.question(text, choices.keySet());
        }
    }

    /**
     * A URI with one of the schemes and a host.
     *
     * @param schemes in lower case; none for any
     */
    record Link(List<String> schemes) implements Format<URI> {

        @Override
        public Optional<URI> read(String text) {
            try {
                URI uri = new URI(text);
                return uri.getScheme() != null && uri.getHost() != null && allows(uri.getScheme())
                        ? Optional.of(uri)
                        : Optional.empty();
            } catch (URISyntaxException e) {
                // Its message quotes the text, which may hold a password.
                return Optional.empty();
            }
        }

        @Override
        public String expected() {
            String beginnings =
                    Wording.either(schemes.stream().map(each -> each + "://").toList());
            return "expected a URI with a host" + (schemes.isEmpty() ? "" : " that begins with " + beginnings);
        }

        /** Quotes nothing: any part of it may be a password. */
        @Override
        public Optional<String> hint(String text) {
            String scheme = text.replaceFirst("(?s):.*", "");
            if (scheme.equals(text) || schemes.isEmpty() || !allows(scheme)) {
                return Optional.empty();
            }
            if (!text.startsWith("://", scheme.length())) {
                return Optional.of("write \"//\" behind \"" + scheme + ":\"");
            }
            return text.contains("@")
                    ? Optional.of("in user and password write % / ? # @ as %25 %2F %3F %23 %40")
                    : Optional.empty();
        }

        private boolean allows(String scheme) {
            return schemes.isEmpty() || schemes.contains(scheme.toLowerCase(Locale.ROOT));
        }
    }
}
