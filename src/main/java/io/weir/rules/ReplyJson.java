package io.weir.rules;

import io.weir.config.Problems;
import io.weir.config.Section;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;

/** Reads one reply in the words of replies.yaml, written in JSON; its texts are taken as they are, braces and all. */
public final class ReplyJson {
    private static final String NAME = "reply";

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
        return new ReplyReader(Placeholders.none(type)).read(section).with(Template::literalText);
    }
}
