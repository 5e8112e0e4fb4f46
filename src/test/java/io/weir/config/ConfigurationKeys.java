package io.weir.config;

import io.weir.config.Source.Question;
import io.weir.config.Source.Question.Kind;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Which keys a reader of a configuration asks for, and what it accepts there. */
public final class ConfigurationKeys {
    private ConfigurationKeys() {}

    /** A key, as far as the code knows it. */
    public static final class Key {
        /** One that nobody asks for. */
        public static final Key NONE = new Key();

        private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        private Optional<Format<?>> format = Optional.empty();
        private Optional<Object> fallback = Optional.empty();

        private void add(Question question) {
            kinds.add(question.kind());
            format = question.format().isPresent() ? question.format() : format;
            fallback = question.fallback().isPresent() ? question.fallback() : fallback;
        }

        public boolean isRequired() {
            return kinds.contains(Kind.REQUIRED);
        }

        /** As it would be written; empty where there is none. */
        public String fallback() {
            return fallback.map(value -> format.filter(Format.Amount.class::isInstance)
                            .map(amount -> ((Format.Amount) amount).written((Long) value))
                            .orElse(value.toString().toLowerCase(Locale.ROOT)))
                    .orElse("");
        }

        /** What may stand there, in words of a language. */
        public String type(boolean english) {
            String single = format.map(each -> accepted(each, english)).orElse(english ? "text" : "文本");
            if (kinds.contains(Kind.MAP)) {
                return english ? "map" : "映射";
            }
            // A backend's mode is asked for as if it were a secret where it is out of place.
            if (kinds.contains(Kind.SECRET) && !(format.orElse(null) instanceof Format.OneOf)) {
                single = format.isPresent() ? single + (english ? ", secret" : "，密钥") : english ? "secret" : "密钥";
            }
            return kinds.contains(Kind.LIST) ? single + (english ? ", or a list" : "，或列表") : single;
        }

        private static String accepted(Format<?> format, boolean english) {
            if (format instanceof Format.WholeNumber number) {
                return range(english ? "whole number" : "整数", "" + number.min(), "" + number.max(), english);
            }
            if (format instanceof Format.Amount amount) {
                String name = amount.units().containsKey("ms") ? english ? "duration" : "时长" : english ? "size" : "大小";
                return range(name, amount.written(amount.min()), amount.written(amount.max()), english);
            }
            if (format instanceof Format.OneOf<?> choice) {
                return listed(choice.choices().keySet());
            }
            Format.Link link = (Format.Link) format;
            return "URI: "
                    + link.schemes().stream().map(each -> "`" + each + "://`").collect(Collectors.joining(", "));
        }

        private static String listed(Set<String> words) {
            return words.stream().map(each -> "`" + each + "`").collect(Collectors.joining(", "));
        }

        private static String range(String name, String min, String max, boolean english) {
            return name + (english ? ", " : "，") + "`" + min + "` – `" + max + "`";
        }

        private boolean isMapOfKeys(String path, Set<String> others) {
            return kinds.equals(EnumSet.of(Kind.MAP)) && others.stream().anyMatch(each -> each.startsWith(path + "."));
        }
    }

    /** By path, in the order of the questions. */
    public static Map<String, Key> askedBy(Consumer<Section> reader, UnaryOperator<String> name, List<String> texts) {
        Map<String, Key> keys = new LinkedHashMap<>();
        for (String text : texts) {
            Problems problems = new Problems();
            reader.accept(Section.parse(
                    "weir.yaml",
                    text,
                    Environment.of(Map.of()),
                    problems,
                    question -> keys.computeIfAbsent(name.apply(question.path()), path -> new Key())
                            .add(question)));
            if (!problems.errors().isEmpty()) {
                throw new AssertionError(problems.errors());
            }
        }
        Set<String> paths = Set.copyOf(keys.keySet());
        keys.entrySet().removeIf(each -> each.getValue().isMapOfKeys(each.getKey(), paths));
        return keys;
    }
}
