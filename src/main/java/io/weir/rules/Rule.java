package io.weir.rules;

import io.weir.config.Place;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;

/** One reply of a replies file, with what it answers. Immutable, for any thread. */
public final class Rule {
    private final String file;
    private final int line;
    private final PushType<?> type;
    private final String key;
    /** The reply; or, where a push can change that, its draft. */
    private final Object reply;

    Rule(String file, int line, PushType<?> type, String key, Draft draft) {
        this.file = file;
        this.line = line;
        this.type = type;
        this.key = key;
        this.reply = draft.constant().<Object>map(constant -> constant).orElse(draft);
    }

    /** Where it stands, for people: {@code replies.yaml:12 CLICK.V1001_SUNCK}. */
    public String name() {
        return file + ':' + line + ' ' + Place.path(type.wireName(), key);
    }

    /** The kind of push that it answers. */
    public PushType<?> type() {
        return type;
    }

    /** What it answers within its kind, as written: a key, a keyword, {@code contains:KEYWORD}, {@code ~ EXPRESSION} or {@code default}. */
    public String key() {
        return key;
    }

    /**
     * The reply to a push of its kind, with the push's values in place of the placeholders; always the same object where
     * there are none. {@link Reply#NONE} if a text or a media id comes out empty.
     */
    public Reply reply(Push push) {
        return reply instanceof Draft draft ? draft.with(template -> template.render(push)) : (Reply) reply;
    }

    @Override
    public String toString() {
        return name();
    }
}
