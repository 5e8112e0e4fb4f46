package io.weir.wechat.xml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An element whose end has not been seen yet. */
final class ElementBuilder {
    private final String name;
    private final List<XmlElement> children = new ArrayList<>(0);
    private final Text all = new Text();
    private final Text cdata = new Text();
    private boolean hasCdata;
    private boolean blankOutside = true;

    ElementBuilder(String name) {
        this.name = name;
    }

    void add(XmlElement child) {
        children.add(child);
    }

    void characters(String text) {
        all.append(text);
        blankOutside = blankOutside && isWhiteSpace(text);
    }

    void cdata(String text) {
        all.append(text);
        cdata.append(text);
        hasCdata = true;
    }

    /** XML's white space (production 3), which is less than Java's: an ideographic space is content. */
    private static boolean isWhiteSpace(String text) {
        return text.chars().allMatch(c -> c == ' ' || c == '\n' || c == '\t' || c == '\r');
    }

    XmlElement build() {
        return new XmlElement(name, (hasCdata && blankOutside ? cdata : all).value(), children);
    }

    XmlElement onlyChild() throws XmlException {
        if (children.size() != 1) {
            throw new XmlException("no root element");
        }
        return children.get(0);
    }

    /** Text that mostly comes in one piece and then costs nothing to join. */
    private static final class Text {
        private String first = "";
        private @Nullable StringBuilder joined;

        void append(String piece) {
            if (joined != null) {
                joined.append(piece);
            } else if (first.isEmpty()) {
                first = piece;
            } else {
                joined = new StringBuilder(first).append(piece);
            }
        }

        String value() {
            return joined == null ? first : joined.toString();
        }
    }
}
