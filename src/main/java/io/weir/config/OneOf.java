package io.weir.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
