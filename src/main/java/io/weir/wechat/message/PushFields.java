package io.weir.wechat.message;

import io.weir.wechat.xml.XmlElement;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The elements of one push, or of one element of it, read as typed values: what the constructors of the records read
 * from. CDATA or not, number or text: every field is read either way (messages-and-events.md).
 *
 * <p>A value that is not there, stands twice or does not parse throws {@link FieldException}; the push is then
 * {@link Unknown}, never refused.
 */
public class PushFields {
    /** Longer than any number that WeChat sends, short enough that no number becomes a burden. */
    private static final int MAX_DIGITS = 32;

    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

    /** End of the year 9999: whatever works with a time takes one that is below. */
    private static final long MAX_SECONDS = 253_402_300_799L;

    /** What {@link #seconds} gives for a text that is no time. */
    static final long NO_TIME = -1;

    private final Head head;
    private final XmlElement element;

    PushFields(Head head, XmlElement element) {
        this.head = head;
        this.element = element;
    }

    public Head head() {
        return head;
    }

    /** A text that must be there, but may be empty. */
    public String text(String name) {
        XmlElement only = only(name);
        if (only == null) {
            throw new FieldException(name, "is missing");
        }
        return only.text();
    }

    /** A text that may be missing; missing and empty are the same. */
    public Optional<String> optional(String name) {
        XmlElement only = only(name);
        return only == null || only.text().isEmpty() ? Optional.empty() : Optional.of(only.text());
    }

    /** A text that may be missing, then empty. */
    public String textOrEmpty(String name) {
        XmlElement only = only(name);
        return only == null ? "" : only.text();
    }

    /** An identifier, which is never empty and has no blanks around it, whether it is made of digits or not. */
    public String id(String name) {
        return optionalId(name).orElseThrow(() -> new FieldException(name, "is missing or blank"));
    }

    /** An identifier that may be missing; missing and blank are the same. */
    public Optional<String> optionalId(String name) {
        XmlElement only = only(name);
        String id = only == null ? "" : only.text().strip();
        return id.isEmpty() ? Optional.empty() : Optional.of(id);
    }

    /** A whole number that must be there. */
    public int integer(String name) {
        return parseInt(name, text(name));
    }

    /** A whole number that may be missing; missing and empty are the same. */
    public OptionalInt optionalInteger(String name) {
        Optional<String> text = optional(name);
        return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(parseInt(name, text.get()));
    }

    /** All whole numbers of that name. */
    public List<Integer> integers(String name) {
        return element.children(name).stream()
                .map(child -> parseInt(name, child.text()))
                .toList();
    }

    /** A decimal number as written, digits after the point kept; never through floating point. */
    public BigDecimal decimal(String name) {
        String text = text(name).strip();
        if (text.length() > MAX_DIGITS || !DECIMAL.matcher(text).matches()) {
            throw new FieldException(name, "is no decimal number");
        }
        return new BigDecimal(text);
    }

    /** Seconds since 1970, up to the year 9999. */
    public Instant time(String name) {
        long seconds = seconds(text(name));
        if (seconds == NO_TIME) {
            throw new FieldException(name, "is no time in seconds");
        }
        return Instant.ofEpochSecond(seconds);
    }

    /** An element with elements in it that must be there. */
    public PushFields child(String name) {
        return optionalChild(name).orElseThrow(() -> new FieldException(name, "is missing"));
    }

    /** An element with elements in it that may be missing. */
    public Optional<PushFields> optionalChild(String name) {
        return Optional.ofNullable(only(name)).map(child -> new PushFields(head, child));
    }

    /** All elements of that name, in their order. */
    public List<PushFields> all(String name) {
        return element.children(name).stream()
                .map(child -> new PushFields(head, child))
                .toList();
    }

    /** All elements of that name at any depth below this one, in their order. */
    public List<PushFields> allWithin(String name) {
        return within(element)
                .filter(found -> found.name().equals(name))
                .map(found -> new PushFields(head, found))
                .toList();
    }

    /** The name under which this element has the field, whatever the case of its letters; else the name itself. */
    public String anyCase(String name) {
        return element.children().stream()
                .map(XmlElement::name)
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElse(name);
    }

    private @Nullable XmlElement only(String name) {
        XmlElement found = null;
        List<XmlElement> children = element.children();
        for (int i = 0; i < children.size(); i++) {
            XmlElement child = children.get(i);
            if (child.name().equals(name)) {
                if (found != null) {
                    throw new FieldException(name, "stands twice");
                }
                found = child;
            }
        }
        return found;
    }

    private static Stream<XmlElement> within(XmlElement element) {
        return element.children().stream().flatMap(child -> Stream.concat(Stream.of(child), within(child)));
    }

    /** Seconds since 1970, up to the year 9999; {@link #NO_TIME} where the text says something else. */
    static long seconds(String text) {
        try {
            long seconds = Long.parseLong(text.strip());
            return seconds < 0 || seconds > MAX_SECONDS ? NO_TIME : seconds;
        } catch (NumberFormatException e) {
            return NO_TIME;
        }
    }

    private static int parseInt(String name, String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new FieldException(name, "is no whole number");
        }
    }
}
