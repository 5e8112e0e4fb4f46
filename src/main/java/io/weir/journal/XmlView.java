package io.weir.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.wechat.xml.XmlElement;
import io.weir.wechat.xml.XmlWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a push says, shown to an operator: but for the elements that are known to tell nothing of a user, values are masked
 * until he asks for them.
 *
 * @param revealed whether he has
 */
record XmlView(boolean revealed) {
    /** The account's own values, and those of the protocol. */
    private static final Set<String> HARMLESS = Set.of(
            "ToUserName",
            "CreateTime",
            "MsgType",
            "Event",
            "EventKey",
            "Encrypt",
            "MenuId",
            "MenuID",
            "MsgId",
            "MsgID",
            "MsgDataId",
            "Idx",
            "Format",
            "Count",
            "Scale",
            "ScanType",
            "Status");

    private static final String SENDER = "FromUserName";

    /** The elements as XML again, without what stands between them. */
    String xml(XmlElement root) {
        XmlWriter out = new XmlWriter();
        write(root, out);
        return out.toString();
    }

    private void write(XmlElement element, XmlWriter out) {
        if (element.children().isEmpty()) {
            out.text(element.name(), value(element));
            return;
        }
        out.open(element.name());
        element.children().forEach(child -> write(child, out));
        out.close(element.name());
    }

    /** Name and value of everything that has one; names of nested elements with those around them. */
    ObjectNode fields(XmlElement root) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        collect(root.children(), "", fields);
        return fields;
    }

    private void collect(List<XmlElement> elements, String prefix, ObjectNode fields) {
        Map<String, Integer> seen = new HashMap<>();
        for (XmlElement element : elements) {
            int before = seen.merge(element.name(), 1, Integer::sum) - 1;
            String name = prefix + element.name() + (before == 0 ? "" : "[" + before + "]");
            if (element.children().isEmpty()) {
                fields.put(name, value(element));
            } else {
                collect(element.children(), name + ".", fields);
            }
        }
    }

    /** Whether a value, as it is shown, holds this part, which is in lower case. */
    boolean mentions(XmlElement element, String part) {
        return element.children().isEmpty()
                ? value(element).toLowerCase(Locale.ROOT).contains(part)
                : element.children().stream().anyMatch(child -> mentions(child, part));
    }

    /** Whether a push holds what only its sender can have said. */
    static boolean tellsOfUser(XmlElement element) {
        return element.children().isEmpty()
                ? !isHarmless(element)
                        && !element.name().equals(SENDER)
                        && !element.text().isBlank()
                : element.children().stream().anyMatch(XmlView::tellsOfUser);
    }

    private static boolean isHarmless(XmlElement element) {
        return HARMLESS.contains(element.name());
    }

    private String value(XmlElement element) {
        if (revealed || element.text().isBlank()) {
            return element.text();
        }
        if (element.name().equals(SENDER)) {
            return PersonalDataMasks.openId(element.text());
        }
        return isHarmless(element) ? PersonalDataMasks.openIds(element.text()) : PersonalDataMasks.TEXT;
    }
}
