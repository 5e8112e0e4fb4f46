package io.weir.rules;

import io.weir.config.Section;
import io.weir.wechat.message.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the replies of one section: finds out which kind each is, and reports what is none. */
final class ReplyReader {
    private static final Draft NOTHING = text -> Reply.NONE;
    private static final int LONGEST_TEXT_SHOWN = 60;
    private static final Map<String, Function<DraftReader, Draft>> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("text", DraftReader::text);
        KINDS.put("image", DraftReader::image);
        KINDS.put("voice", DraftReader::voice);
        KINDS.put("video", DraftReader::video);
        KINDS.put("music", DraftReader::music);
        KINDS.put("news", DraftReader::news);
        KINDS.put("transferToService", DraftReader::transferToService);
        KINDS.put("none", DraftReader::none);
    }

    private final Placeholders placeholders;

    /** For the section of the kind of push whose placeholders these are. */
    ReplyReader(Placeholders placeholders) {
        this.placeholders = placeholders;
    }

    /** The reply under a key; one that says nothing where it cannot be read. */
    Draft read(Section part, String key) {
        if (part.isSingleValue(key) || part.isList(key)) {
            part.problem(key, "expected a reply, which is a map", asMap(part, key));
            return NOTHING;
        }
        Section reply = part.sectionOnce(key);
        reply.refuseUnknownKeys(KINDS.keySet().toArray(String[]::new));
        List<String> all = reply.keys();
        List<String> kinds = all.stream().filter(KINDS::containsKey).toList();
        if (kinds.size() == 1) {
            return kind(kinds.get(0)).apply(new DraftReader(reply, placeholders));
        }
        if (kinds.size() > 1 || all.isEmpty()) {
            refuse(part, key, kinds);
        }
        return NOTHING;
    }

    private static Function<DraftReader, Draft> kind(String name) {
        return Optional.ofNullable(KINDS.get(name)).orElseThrow();
    }

    private static String asMap(Section part, String key) {
        if (part.isList(key)) {
            return "write { news: [" + DraftReader.AN_ARTICLE + "] } for news";
        }
        String value = part.text(key, "");
        String shown = value.length() > LONGEST_TEXT_SHOWN
                ? "…"
                : value.replace("\\", "\\\\").replace("\"", "\\\"");
        // CLICK: { text: "…" } lacks the level of the keys.
        return KINDS.containsKey(key)
                ? "write default: { " + key + ": … } if this is meant as the reply to all"
                : "write { text: \"" + shown + "\" }";
    }

    private static void refuse(Section section, String key, List<String> kinds) {
        String rule = "expected exactly one of " + String.join(", ", KINDS.keySet());
        if (kinds.isEmpty()) {
            section.problem(key, rule, "write { none: true } to answer nothing");
        } else {
            section.problem(key, rule + ", not " + String.join(" and ", kinds), "one push has one reply");
        }
    }
}
