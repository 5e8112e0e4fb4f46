package io.weir.rules;

import io.weir.config.Place;
import io.weir.config.Section;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** One reply of a replies file, with what it answers, and how often it did. Any thread. */
public final class Rule {
    private final String file;
    private final int line;
    private final PushType<?> type;
    private final String section;
    private final String key;
    private final Optional<String> backend;
    /** The reply; or, where a push can change that, its draft. */
    private final Object reply;

    private LongAdder hits = new LongAdder();

    Rule(Section part, PushType<?> type, String key, Draft draft) {
        this.file = part.file();
        this.line = part.line(key);
        this.type = type;
        this.section = part.path();
        this.key = key;
        this.backend = draft.backend();
        this.reply = draft.constant().<Object>map(constant -> constant).orElse(draft);
    }

    /** Where it stands, for people: {@code replies.yaml:12 CLICK.V1001_SUNCK}. */
    public String name() {
        return file + ':' + line + ' ' + Place.path(section, key);
    }

    /** Of its key, from 1. */
    public int line() {
        return line;
    }

    /** The kind of push that it answers; {@link PushType#UNKNOWN} for one of section {@code "*"}. */
    public PushType<?> type() {
        return type;
    }

    /** What it answers within its kind, as written: a key, a keyword, {@code contains:KEYWORD}, {@code ~ EXPRESSION} or {@code default}. */
    public String key() {
        return key;
    }

    /** The backend that is asked for the reply, if one is; {@link #reply} is what is answered where it gives none. */
    public Optional<String> backend() {
        return backend;
    }

    /**
     * The reply to a push of its kind, with the push's values in place of the placeholders; always the same object where
     * there are none. {@link Reply#NONE} if a text or a media id comes out empty.
     */
    public Reply reply(Push push) {
        return reply instanceof Draft draft ? draft.with(template -> template.render(push)) : (Reply) reply;
    }

    /** Counts one push that it answers. */
    public void count() {
        hits.increment();
    }

    /** How many pushes it has answered since the start. */
    public long hits() {
        return hits.sum();
    }

    /** Goes on counting where the rule stopped whose place it takes; before any other thread sees it. */
    void countOnFrom(Rule before) {
        hits = before.hits;
    }

    @Override
    public String toString() {
        return name();
    }
}
