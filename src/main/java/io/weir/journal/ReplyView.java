package io.weir.journal;

import io.weir.wechat.message.Push;
import io.weir.wechat.xml.XmlElement;
import io.weir.wechat.xml.XmlException;
import io.weir.wechat.xml.XmlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A reply, shown to an operator line by line, an element on each. What a reply says may have been said by the user before:
 * unless it is asked for, texts of replies to pushes that hold texts are masked.
 */
final class ReplyView {
    private static final Set<String> HARMLESS = Set.of("FromUserName", "CreateTime", "MsgType", "ArticleCount");
    private static final String RECEIVER = "ToUserName";

    private final Push push;
    private final boolean hidden;
    private final boolean revealed;

    /**
     * How replies to one push are shown.
     *
     * @param hidden whether a reply may repeat what the user said
     * @param revealed whether the operator asks for it
     */
    ReplyView(Push push, boolean hidden, boolean revealed) {
        this.push = push;
        this.hidden = hidden;
        this.revealed = revealed;
    }

    /** A line of a reply: as it is, and as it is shown. */
    record Line(String real, String shown) {
        boolean isOfTime() {
            return real.strip().startsWith("<CreateTime>");
        }
    }

    String text(String reply) {
        return String.join("\n", lines(reply).stream().map(Line::shown).toList());
    }

    List<Line> lines(String reply) {
        Optional<XmlElement> root = read(reply);
        List<Line> lines = new ArrayList<>();
        root.ifPresentOrElse(xml -> collect(xml, "", lines), () -> lines.add(new Line(reply, unread(reply))));
        return lines;
    }

    /** Only {@code success} and nothing at all are known to tell nothing. */
    private String unread(String reply) {
        return revealed || !reply.startsWith("<") ? reply : PersonalDataMasks.TEXT;
    }

    private void collect(XmlElement element, String indent, List<Line> lines) {
        String open = indent + "<" + element.name() + ">";
        String close = "</" + element.name() + ">";
        if (element.children().isEmpty()) {
            lines.add(new Line(open + element.text() + close, open + value(element) + close));
            return;
        }
        lines.add(new Line(open, open));
        element.children().forEach(child -> collect(child, indent + "  ", lines));
        lines.add(new Line(indent + close, indent + close));
    }

    private String value(XmlElement element) {
        if (revealed || HARMLESS.contains(element.name())) {
            return element.text();
        }
        if (element.name().equals(RECEIVER)) {
            return PersonalDataMasks.openId(element.text());
        }
        return hidden && !element.text().isBlank()
                ? PersonalDataMasks.TEXT
                : PersonalDataMasks.openIds(element.text(), push);
    }

    /** What is no XML is most often the word success, or nothing. */
    private static Optional<XmlElement> read(String reply) {
        try {
            return reply.startsWith("<")
                    ? Optional.of(XmlReader.read(reply.getBytes(StandardCharsets.UTF_8))
                            .root())
                    : Optional.empty();
        } catch (XmlException e) {
            return Optional.empty();
        }
    }
}
