package io.weir.wechat.xml;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An element whose end has not been seen yet. Used again for the next one at its depth. */
final class ElementBuilder {
    private static final int USUAL_CHILDREN = 8;

    private String name = "";
    private @Nullable XmlElement[] children = new XmlElement[USUAL_CHILDREN];
    private int count;
    private final Text all = new Text();
    /** What stood in CDATA sections, once characters stand beside them. */
    private final Text cdata = new Text();

    private boolean hasCdata;
    private boolean hasCharacters;
    private boolean blankOutside;

    ElementBuilder begin(String elementName) {
        name = elementName;
        count = 0;
        hasCdata = false;
        hasCharacters = false;
        blankOutside = true;
        all.clear();
        cdata.clear();
        return this;
    }

    void add(XmlElement child) {
        if (count == children.length) {
            children = Arrays.copyOf(children, 2 * count);
        }
        children[count++] = child;
    }

    void characters(String text) {
        if (hasCdata && !hasCharacters) {
            cdata.append(all.value());
        }
        hasCharacters = true;
        blankOutside = blankOutside && isWhiteSpace(text);
        all.append(text);
    }

    void cdata(String text) {
        hasCdata = true;
        if (hasCharacters) {
            cdata.append(text);
        }
        all.append(text);
    }

    /** XML's white space (production 3), which is less than Java's: an ideographic space is content. */
    private static boolean isWhiteSpace(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
                return false;
            }
        }
        return true;
    }

    XmlElement build() {
        boolean onlyCdata = hasCdata && hasCharacters && blankOutside;
        XmlElement built = new XmlElement(name, (onlyCdata ? cdata : all).value(), taken());
        all.clear();
        cdata.clear();
        return built;
    }

    XmlElement onlyChild() throws XmlException {
        if (count != 1) {
            throw new XmlException("no root element");
        }
        return Objects.requireNonNull(children[0]);
    }

    /** The children; they are forgotten here. */
    private List<XmlElement> taken() {
        if (count == 0) {
            return List.of();
        }
        XmlElement[] taken = Arrays.copyOf(children, count, XmlElement[].class);
        if (children.length > USUAL_CHILDREN) {
            children = new XmlElement[USUAL_CHILDREN];
        } else {
            Arrays.fill(children, 0, count, null);
        }
        count = 0;
        return List.of(taken);
    }

    /** Text that mostly comes in one piece and then costs nothing to join. */
    private static final class Text {
        private static final int MOST_KEPT = 256;

        private String first = "";
        private StringBuilder joined = new StringBuilder();

        void clear() {
            first = "";
            if (joined.length() > MOST_KEPT) {
                joined = new StringBuilder();
            } else {
                joined.setLength(0);
            }
        }

        void append(String piece) {
            if (first.isEmpty()) {
                first = piece;
            } else {
                if (joined.length() == 0) {
                    joined.append(first);
                }
                joined.append(piece);
            }
        }

        String value() {
            return joined.length() == 0 ? first : joined.toString();
        }
    }
}
