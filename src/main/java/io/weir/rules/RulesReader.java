package io.weir.rules;

import io.weir.config.Section;
import io.weir.rules.ReplyRules.SectionRules;
import io.weir.wechat.message.PushType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a replies file: a section for each kind of push, in it a reply for each key. */
final class RulesReader {
    private static final String DEFAULT = "default";
    /** The section of all kinds that have none. */
    private static final String REST = "*";

    private static final String SCENE_PREFIX = "qrscene_";
    private static final Map<String, PushType<?>> TYPES = new LinkedHashMap<>();

    static {
        PushType.all().stream()
                .filter(type -> type != PushType.UNKNOWN)
                .forEach(type -> TYPES.put(type.wireName(), type));
    }

    private final Set<String> backends;

    /** @param backends the names of those that replies can ask */
    RulesReader(Set<String> backends) {
        this.backends = backends;
    }

    ReplyRules read(Section root) {
        root.refuseUnknownKeys(
                Stream.concat(TYPES.keySet().stream(), Stream.of(REST)).toArray(String[]::new));
        Map<PushType<?>, SectionRules> sections = new LinkedHashMap<>();
        for (String name : root.keys()) {
            PushType<?> type = TYPES.get(name);
            if (type != null) {
                SectionRules rules = read(root, name, type, Placeholders.of(type));
                if (type.takesReply() || rules.askBackends()) {
                    sections.put(type, rules);
                }
            }
        }
        return root.has(REST)
                ? new ReplyRules(sections, Optional.of(read(root, REST, PushType.UNKNOWN, Placeholders.common())))
                : new ReplyRules(sections, Optional.empty());
    }

    private SectionRules read(Section root, String name, PushType<?> type, Placeholders placeholders) {
        if (root.isSingleValue(name)) {
            root.problem(name, "expected a map from keys to replies", "write { default: { text: \"…\" } }");
            return new SectionRules(key -> Optional.empty(), Optional.empty(), List.of());
        }
        SectionRules rules = rules(root.section(name), type, placeholders);
        if (type != PushType.UNKNOWN && !type.takesReply() && !rules.askBackends()) {
            root.warning(name, name + " takes no reply: WeChat does not show one; this section has no effect");
        }
        return rules;
    }

    private SectionRules rules(Section part, PushType<?> type, Placeholders placeholders) {
        ReplyReader replies = new ReplyReader(placeholders, Optional.of(backends));
        List<Rule> all = new ArrayList<>();
        for (String key : part.keys()) {
            checkKey(part, key, type);
            all.add(new Rule(part, type, key, replies.read(part, key)));
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
                    "expected \"default\" only: " + part.path() + " has nothing to choose a reply by",
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
