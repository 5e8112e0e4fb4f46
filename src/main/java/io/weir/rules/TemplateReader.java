package io.weir.rules;

import io.weir.config.Nearest;
import io.weir.config.Section;
import io.weir.rules.Placeholders.Placeholder;
import io.weir.rules.Template.Literal;
import io.weir.rules.Template.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Takes one text of a replies file apart: <code>{name}</code> is a placeholder, <code>{{</code> and <code>}}</code> are
 * single braces.
 */
final class TemplateReader {
    private static final String HOW_TO_ESCAPE = "write \"{{\" for a brace";
    private static final int LONGEST_NAME_SHOWN = 40;

    private final Section section;
    private final String key;
    private final Placeholders placeholders;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    private TemplateReader(Section section, String key, Placeholders placeholders) {
        this.section = section;
        this.key = key;
        this.placeholders = placeholders;
    }

    /** What is wrong with the text is reported of {@code key} of the section. */
    static Template read(Section section, String key, String text, Placeholders placeholders) {
        if (placeholders.literal()) {
            return new Template(List.of(new Literal(text)));
        }
        TemplateReader reader = new TemplateReader(section, key, placeholders);
        reader.read(text);
        return new Template(reader.pieces);
    }

    private void read(String text) {
        int at = 0;
        while (at < text.length()) {
            char each = text.charAt(at);
            if (isBrace(each) && at + 1 < text.length() && text.charAt(at + 1) == each) {
                literal.append(each);
                at += 2;
            } else if (each == '{') {
                at = placeholder(text, at + 1);
            } else {
                literal.append(each);
                at++;
            }
        }
        endLiteral();
    }

    private static boolean isBrace(char each) {
        return each == '{' || each == '}';
    }

    /** Where reading goes on. */
    private int placeholder(String text, int begin) {
        int end = text.indexOf('}', begin);
        if (end < 0) {
            section.problem(key, "expected \"}\" after \"{\"", HOW_TO_ESCAPE);
            return text.length();
        }
        String name = text.substring(begin, end);
        Placeholder placeholder = placeholders.byName().get(name);
        if (placeholder == null) {
            unknown(name);
        } else {
            endLiteral();
            pieces.add(placeholder);
        }
        return end + 1;
    }

    private void unknown(String name) {
        String shown = name.length() > LONGEST_NAME_SHOWN ? name.substring(0, LONGEST_NAME_SHOWN) + "…" : name;
        String rule = "{" + shown + "} is no field of " + placeholders.kind() + "; expected one of " + names();
        section.problem(
                key,
                rule,
                Nearest.of(name, placeholders.byName().keySet())
                        .map(near -> "did you mean {" + near + "}?")
                        .orElse(HOW_TO_ESCAPE));
    }

    private String names() {
        return placeholders.byName().keySet().stream()
                .map(name -> "{" + name + "}")
                .collect(Collectors.joining(" "));
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            pieces.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }
}
