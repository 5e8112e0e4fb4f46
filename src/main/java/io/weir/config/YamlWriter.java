package io.weir.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes values and keys as YAML, every text in double quotes. */
final class YamlWriter {
    private static final int LONGEST_LINE = 110;
    private static final Pattern PLAIN_KEY = Pattern.compile("[\\p{IsLetter}_][\\p{IsLetter}\\p{IsDigit}_.-]*");

    private YamlWriter() {}

    static String key(String key) {
        return PLAIN_KEY.matcher(key).matches() && !key.equals("null") ? key : quoted(key);
    }

    /** In one line, with brackets. */
    static String flow(JsonNode value) {
        if (value.isObject()) {
            return fields(value).stream()
                    .map(name -> key(name) + ": " + flow(value.path(name)))
                    .collect(Collectors.joining(", ", "{ ", " }"));
        }
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(flow(item)));
            return items.stream().collect(Collectors.joining(", ", "[", "]"));
        }
        return value.isTextual() ? quoted(value.textValue()) : value.asText();
    }

    /** In one line where it is short, else below its key: it begins with a line break then. */
    static String value(JsonNode value, String indent, String lineBreak) {
        String line = flow(value);
        boolean list = value.isObject()
                && value.properties().stream()
                        .anyMatch(each ->
                                each.getValue().size() > 1 && each.getValue().isArray());
        return value.isEmpty() || (!list && line.length() + indent.length() <= LONGEST_LINE)
                ? line
                : block(value, indent, lineBreak);
    }

    private static String block(JsonNode value, String indent, String lineBreak) {
        if (value.isEmpty()) {
            return " " + flow(value);
        }
        if (value.isObject()) {
            return fields(value).stream()
                    .map(name ->
                            lineBreak + indent + key(name) + ":" + block(value.path(name), indent + "  ", lineBreak))
                    .collect(Collectors.joining());
        }
        StringBuilder items = new StringBuilder();
        for (JsonNode item : value) {
            String written = block(item, indent + "  ", lineBreak);
            items.append(lineBreak).append(indent).append('-').append(' ').append(written.strip());
        }
        return items.toString();
    }

    private static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** As JSON writes it; what YAML would not read as it stands is written as its number. */
    private static String quoted(String text) {
        String json = TextNode.valueOf(text).toString();
        StringBuilder safe = new StringBuilder(json.length());
        json.codePoints().forEach(each -> {
            if (isOdd(each)) {
                safe.append(String.format("\\u%04X", each));
            } else {
                safe.appendCodePoint(each);
            }
        });
        return safe.toString();
    }

    /** Control characters, what some take for line breaks, and halves of a pair. */
    private static boolean isOdd(int character) {
        return Character.isISOControl(character)
                || character == 0x2028
                || character == 0x2029
                || character == 0xFEFF
                || character == 0xFFFE
                || character == 0xFFFF
                || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
    }
}
