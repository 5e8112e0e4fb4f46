package io.weir.wechat.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One element as it was read: its name, its own text and its child elements in document order.
 *
 * @param name the name as written, with a prefix where it has one; WeChat's names are case-sensitive and inconsistent ({@code MsgId}, {@code MsgID})
 * @param text the value by the rule of {@code push-protocol.md} §5: where the element has a CDATA section and all
 *     else is white space, the CDATA content exactly, otherwise the text as it stands; for an element with children,
 *     the text between them
 * @param children the child elements
 */
public record XmlElement(String name, String text, List<XmlElement> children) {
    public XmlElement {
        children = List.copyOf(children);
    }

    /** The first child of that name. */
    public Optional<XmlElement> child(String childName) {
        for (XmlElement child : children) {
            if (child.name.equals(childName)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    /** All children of that name, in document order. */
    public List<XmlElement> children(String childName) {
        List<XmlElement> found = new ArrayList<>(0);
        for (XmlElement child : children) {
            if (child.name.equals(childName)) {
                found.add(child);
            }
        }
        return found;
    }
}
