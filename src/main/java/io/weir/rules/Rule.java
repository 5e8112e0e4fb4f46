package io.weir.rules;

import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.Optional;

/** One reply of a replies file, with what it answers. Immutable, for any thread. */
public final class Rule {
    private final String name;
    private final PushType<?> type;
    private final String key;
    private final Draft draft;
    private final Optional<Reply> constant;

    Rule(String name, PushType<?> type, String key, Draft draft) {
        this.name = name;
        this.type = type;
        this.key = key;
        this.draft = draft;
        this.constant = draft.constant();
    }

    /** Where it stands, for people: {@code replies.yaml:12 CLICK.V1001_SUNCK}. */
    public String name() {
        return name;
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
        return constant.isPresent() ? constant.get() : draft.with(template -> template.render(push));
    }

    @Override
    public String toString() {
        return name;
    }
}
