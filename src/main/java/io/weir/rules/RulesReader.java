package io.weir.rules;

import io.weir.config.Section;
import io.weir.rules.ReplyRules.SectionRules;
import io.weir.wechat.message.PushType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a replies file: a section for each kind of push, in it a reply for each key. */
final class RulesReader {
    private static final String DEFAULT = "default";
    private static final String SCENE_PREFIX = "qrscene_";
    private static final Map<String, PushType<?>> TYPES = new LinkedHashMap<>();

    static {
        PushType.all().stream()
                .filter(type -> type != PushType.UNKNOWN)
                .forEach(type -> TYPES.put(type.wireName(), type));
    }

    private final String file;

    RulesReader(String file) {
        this.file = file;
    }

    ReplyRules read(Section root) {
        root.refuseUnknownKeys(TYPES.keySet().toArray(String[]::new));
        Map<PushType<?>, SectionRules> sections = new LinkedHashMap<>();
        for (String name : root.keys()) {
            PushType<?> type = TYPES.get(name);
            if (type != null) {
                SectionRules rules = read(root, type);
                if (type.takesReply()) {
                    sections.put(type, rules);
                }
            }
        }
        return new ReplyRules(sections);
    }

    private SectionRules read(Section root, PushType<?> type) {
        String name = type.wireName();
        if (!type.takesReply()) {
            root.warning(name, name + " takes no reply: WeChat does not show one; this section has no effect");
        }
        if (root.isSingleValue(name)) {
            root.problem(name, "expected a map from keys to replies", "write { default: { text: \"…\" } }");
            return new SectionRules(key -> Optional.empty(), Optional.empty(), List.of());
        }
        return rules(root.section(name), type);
    }

    private SectionRules rules(Section part, PushType<?> type) {
        ReplyReader replies = new ReplyReader(Placeholders.of(type));
        List<Rule> all = new ArrayList<>();
        for (String key : part.keys()) {
            checkKey(part, key, type);
            Draft draft = replies.read(part, key);
            all.add(new Rule(file, part.line(key), type, key, draft));
        }
        List<Rule> keyed =
                all.stream().filter(rule -> !rule.key().equals(DEFAULT)).toList();
        Optional<Rule> otherwise =
                all.stream().filter(rule -> rule.key().equals(DEFAULT)).findFirst();
        return new SectionRules(keys(part, keyed, type), otherwise, List.copyOf(all));
    }

    private static void checkKey(Section part, String key, PushType<?> type) {
        if (key.equals(DEFAULT)) {
            return;
        }
        if (!Placeholders.hasKey(type)) {
            part.problem(
                    key,
                    "expected \"default\" only: " + type + " has nothing to choose a reply by",
                    "write default: { … }");
        } else if (key.startsWith(SCENE_PREFIX) && (type == PushType.SUBSCRIBE || type == PushType.SCAN)) {
            part.warning(
                    key,
                    "expected a scene without \"qrscene_\", which WeChat puts before it",
                    "write \"" + key.substring(SCENE_PREFIX.length()) + "\"");
        }
    }

    private static SectionRules.Keys keys(Section part, List<Rule> rules, PushType<?> type) {
        if (type == PushType.TEXT) {
            return KeywordsReader.read(part, rules);
        }
        Map<String, Rule> byKey = rules.stream().collect(Collectors.toUnmodifiableMap(Rule::key, rule -> rule));
        return key -> Optional.ofNullable(byKey.get(key));
    }
}
