package io.weir.rules;

import io.weir.config.Nearest;
import io.weir.config.Section;
import io.weir.wechat.message.Reply;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the replies of one section: finds out which kind each is, and reports what is none. */
final class ReplyReader {
    private static final String BACKEND = "backend";
    private static final String OTHERWISE = "otherwise";
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
    private final Optional<Set<String>> backends;

    /** For replies that ask no backend. */
    ReplyReader(Placeholders placeholders) {
        this(placeholders, Optional.empty());
    }

    /**
     * For the section of the kind of push whose placeholders these are.
     *
     * @param backends the names of those that can be asked; empty where none can, whatever its name
     */
    ReplyReader(Placeholders placeholders, Optional<Set<String>> backends) {
        this.placeholders = placeholders;
        this.backends = backends;
    }

    /** The reply under a key; one that says nothing where it cannot be read. */
    Draft read(Section part, String key) {
        if (part.isSingleValue(key) || part.isList(key)) {
            part.problem(key, "expected a reply, which is a map", asMap(part, key));
            return NOTHING;
        }
        return read(part.sectionOnce(key), rule -> part.problem(key, rule.text, rule.hint));
    }

    /** The reply that a map is, likewise. */
    Draft read(Section reply) {
        return read(reply, rule -> reply.problemHere(rule.text));
    }

    private Draft read(Section reply, Consumer<Broken> problem) {
        List<String> all = reply.keys();
        Set<String> known = new LinkedHashSet<>(KINDS.keySet());
        backends.ifPresent(asked -> known.add(BACKEND));
        List<String> kinds = all.stream().filter(known::contains).toList();
        if (kinds.contains(BACKEND)) {
            reply.refuseUnknownKeys(
                    Stream.concat(known.stream(), Stream.of(OTHERWISE)).toArray(String[]::new));
        } else {
            reply.refuseUnknownKeys(known.toArray(String[]::new));
        }
        if (kinds.size() == 1) {
            return kinds.contains(BACKEND)
                    ? backend(reply)
                    : kind(kinds.get(0)).apply(new DraftReader(reply, placeholders));
        }
        if (kinds.size() > 1 || all.isEmpty()) {
            problem.accept(Broken.of(known, kinds));
        }
        return NOTHING;
    }

    private Draft backend(Section reply) {
        String name = reply.required(BACKEND);
        Set<String> names = backends.orElseThrow();
        if (!name.isBlank() && !names.contains(name)) {
            reply.problem(
                    BACKEND,
                    "expected the name of a backend in weir.yaml"
                            + (names.isEmpty() ? ", which has none" : ": " + String.join(", ", names)),
                    Nearest.of(name, names)
                            .map(near -> "did you mean \"" + near + "\"?")
                            .orElse("add it to section backends"));
        }
        Draft otherwise = reply.has(OTHERWISE) ? new ReplyReader(placeholders).read(reply, OTHERWISE) : NOTHING;
        return new BackendDraft(name, otherwise);
    }

    /**
     * A reply that a backend gives.
     *
     * @param otherwise where it gives none
     */
    private record BackendDraft(String name, Draft otherwise) implements Draft {
        @Override
        public Reply with(Function<Template, String> text) {
            return otherwise.with(text);
        }

        @Override
        public Optional<String> backend() {
            return Optional.of(name);
        }
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

    /** A rule that a map breaks by having none of the kinds, or several. */
    private record Broken(String text, String hint) {
        static Broken of(Set<String> known, List<String> kinds) {
            String rule = "expected exactly one of " + String.join(", ", known);
            return kinds.isEmpty()
                    ? new Broken(rule, "write { none: true } to answer nothing")
                    : new Broken(rule + ", not " + String.join(" and ", kinds), "one push has one reply");
        }
    }
}
