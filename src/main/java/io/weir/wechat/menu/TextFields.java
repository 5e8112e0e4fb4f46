package io.weir.wechat.menu;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.wechat.menu.Findings.Words;
import java.util.Locale;
import java.util.Optional;

/** Reads the texts of one object and finds what no text may have. */
record TextFields(JsonNode json, String path, Findings findings) {
    private static final int ESCAPES = 40033;

    String pathOf(String field) {
        return path + "." + field;
    }

    /** Empty text when the field is absent; nothing when it is not a text, which is an error. */
    Optional<String> text(String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.of("");
        }
        if (!value.isTextual()) {
            findings.misshapen(pathOf(field), value.toString(), new Words("a text", "字符串"));
            return Optional.empty();
        }
        checkCharacters(pathOf(field), value.textValue());
        return Optional.of(value.textValue());
    }

    /** The same for a field that may also be a whole number. */
    Optional<String> textOrNumber(String field) {
        JsonNode value = json.path(field);
        return value.isIntegralNumber() ? Optional.of(value.asText()) : text(field);
    }

    private void checkCharacters(String place, String text) {
        text.codePoints().filter(Character::isISOControl).findFirst().ifPresent(control -> {
            String name = String.format(Locale.ROOT, "U+%04X", control);
            findings.warning(
                    place,
                    new Words("It has the control character " + name + ".", "含有控制字符 " + name + "。"),
                    new Words("Remove it: it cannot be shown.", "请删除：该字符无法显示。"));
        });
        if (text.codePoints().anyMatch(TextFields::isHalf)) {
            Words message = new Words("It has half of a character, which UTF-8 cannot write.", "含有半个字符，无法用 UTF-8 表示。");
            findings.error(place, ESCAPES, message);
        }
    }

    private static boolean isHalf(int character) {
        return Character.getType(character) == Character.SURROGATE;
    }
}
