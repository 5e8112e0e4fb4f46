package io.weir.config;

import java.util.Optional;
import java.util.regex.Pattern;

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
