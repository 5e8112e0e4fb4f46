package io.weir.simulator.push;

import io.weir.simulator.push.Element.Group;
import io.weir.simulator.push.Element.Text;
import java.util.List;

/**
 * Writes XML as WeChat does: root {@code xml}, no declaration, text as CDATA, numbers as bare digits (push-protocol.md §5).
 * Values are written as they are, characters that XML forbids included: a user's odd keyboard sends such pushes.
 */
public final class PushXml {
    private PushXml() {}

    /** On one line, as it is sent. */
    public static String compact(List<Element> elements) {
        StringBuilder xml = new StringBuilder("<xml>");
        elements.forEach(element -> write(element, xml, "", ""));
        return xml.append("</xml>").toString();
    }

    /** One element per line, for people. */
    public static String pretty(List<Element> elements) {
        StringBuilder xml = new StringBuilder("<xml>\n");
        elements.forEach(element -> write(element, xml, "  ", "\n"));
        return xml.append("</xml>").toString();
    }

    private static void write(Element element, StringBuilder xml, String indent, String newline) {
        String name = element.name();
        xml.append(indent).append('<').append(name).append('>');
        if (element instanceof Text text) {
            xml.append(text.digits() ? text.value() : cdata(text.value()));
        } else if (element instanceof Group group && !group.children().isEmpty()) {
            xml.append(newline);
            group.children().forEach(child -> write(child, xml, indent.isEmpty() ? "" : indent + "  ", newline));
            xml.append(indent);
        }
        xml.append("</").append(name).append('>').append(newline);
    }

    /** {@code ]]>} would end the section, so it is split between two. */
    private static String cdata(String value) {
        return "<![CDATA[" + value.replace("]]>", "]]]]><![CDATA[>") + "]]>";
    }
}
