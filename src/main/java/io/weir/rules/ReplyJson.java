package io.weir.rules;

import io.weir.config.Node;
import io.weir.config.Node.Entry;
import io.weir.config.Node.Mapping;
import io.weir.config.Node.Scalar;
import io.weir.config.Problems;
import io.weir.config.Section;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.ReplyLimits;
import java.util.Optional;

/** Reads one reply in the words of replies.yaml, written in JSON; its texts are taken as they are, braces and all. */
public final class ReplyJson {
    private static final String NAME = "reply";
    /** A longer one may be too long for WeChat: that depends on its bytes. */
    private static final int SHORT = ReplyLimits.TEXT_BYTES / 3;

    private ReplyJson() {}

    /**
     * The reply.
     *
     * @param type the kind of push that it answers
     * @param problems is told what is wrong; after an error the reply is not to be used
     * @throws io.weir.config.ConfigException when it is not JSON, or a key stands twice
     */
    public static Reply read(String json, PushType<?> type, Problems problems) {
        Section section = Section.json(NAME, json, problems);
        return shortText(section.node())
                .orElseGet(() ->
                        new ReplyReader(Placeholders.none(type)).read(section).with(Template::literalText));
    }

    /** What most answers are: one text, of which nothing is to be told, so that it need not be looked at in every way. */
    private static Optional<Reply> shortText(Node node) {
        Entry entry = node instanceof Mapping map && map.entries().size() == 1
                ? map.entries().get("text")
                : null;
        return entry != null
                        && entry.value() instanceof Scalar scalar
                        && !scalar.isAbsent()
                        && !scalar.text().isBlank()
                        && scalar.text().length() <= SHORT
                ? Optional.of(Reply.text(scalar.text()))
                : Optional.empty();
    }
}
