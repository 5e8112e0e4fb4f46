package io.weir.rules;

import io.weir.config.Problems;
import io.weir.config.Section;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an account answers, as its replies file says: finds the rule for a push.
 *
 * <p>The cost of finding one does not grow with the number of rules, but for the regular expressions of section
 * {@code text}, which are tried one after the other. Immutable, for any thread.
 */
public final class ReplyRules {
    /** Answers nothing. */
    public static final ReplyRules NONE = new ReplyRules(Map.of(), Optional.empty());

    private final Map<PushType<?>, SectionRules> sections;
    private final Optional<SectionRules> rest;

    /**
     * Takes the map over.
     *
     * @param rest for the kinds that have no section
     */
    ReplyRules(Map<PushType<?>, SectionRules> sections, Optional<SectionRules> rest) {
        this.sections = sections;
        this.rest = rest;
    }

    /**
     * Reads a replies file.
     *
     * @param fileName as the user named it, for problems and rule names
     * @param yaml the file's text
     * @param backends the names of those that replies can ask
     * @param problems is told every error and warning; after an error the result lacks what was wrong and should not be
     *     used
     */
    public static ReplyRules parse(String fileName, String yaml, Set<String> backends, Problems problems) {
        return new RulesReader(backends).read(Section.parse(fileName, yaml, problems));
    }

    /** The names that may stand in braces in replies to a kind; for {@link PushType#UNKNOWN} those that every kind has. */
    public static Set<String> placeholders(PushType<?> type) {
        Placeholders known = type == PushType.UNKNOWN ? Placeholders.common() : Placeholders.of(type);
        return known.byName().keySet();
    }

    /** Whether pushes of a kind have a key to choose a reply by. */
    public static boolean hasKey(PushType<?> type) {
        return type != PushType.UNKNOWN && Placeholders.hasKey(type);
    }

    /** Has each rule go on counting where the rule for the same key stopped; before any other thread sees these. */
    public void countOnFrom(ReplyRules before) {
        Map<List<Object>, Rule> earlier = new HashMap<>();
        before.rules().forEach(rule -> earlier.put(List.of(rule.type(), rule.key()), rule));
        rules().forEach(rule -> Optional.ofNullable(earlier.get(List.<Object>of(rule.type(), rule.key())))
                .ifPresent(rule::countOnFrom));
    }

    /** The rule that answers this push; empty where nothing is to be said. */
    public Optional<Rule> find(Push push) {
        return find(push.type(), push.answerKey());
    }

    /**
     * Whether a push of this kind and key has a rule or a {@code default}. True for {@code none: true} as well: somebody
     * decided to say nothing.
     *
     * @param key as in {@link Push#answerKey()}
     */
    public boolean answers(PushType<?> type, String key) {
        return find(type, Optional.of(key)).isPresent();
    }

    /** The names of the backends that its rules ask. */
    public Set<String> backends() {
        return rules().stream().flatMap(rule -> rule.backend().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** All rules that can take effect, section by section in file order. */
    public List<Rule> rules() {
        return Stream.concat(sections.values().stream(), rest.stream())
                .map(SectionRules::rules)
                .flatMap(Collection::stream)
                .toList();
    }

    /** Those that can answer a kind, in file order. */
    public List<Rule> rules(PushType<?> type) {
        SectionRules section = sections.get(type);
        return section == null ? rest.map(SectionRules::rules).orElse(List.of()) : section.rules();
    }

    /**
     * The rule that answers a push of this kind.
     *
     * @param key as in {@link Push#answerKey()}
     */
    public Optional<Rule> find(PushType<?> type, Optional<String> key) {
        SectionRules section = sections.get(type);
        return section == null ? rest.flatMap(each -> each.find(key)) : section.find(key);
    }

    /**
     * The rules for one kind of push.
     *
     * @param keys finds the one for a key
     * @param otherwise {@code default}: for a push without a key, and for keys that no rule has
     * @param rules all of them in file order
     */
    record SectionRules(Keys keys, Optional<Rule> otherwise, List<Rule> rules) {

        Optional<Rule> find(Optional<String> key) {
            return key.flatMap(keys::find).or(() -> otherwise);
        }

        /** Whether a backend gets to know of any of the pushes. */
        boolean askBackends() {
            return rules.stream().anyMatch(rule -> rule.backend().isPresent());
        }

        /** Finds the rule for a key. */
        @FunctionalInterface
        interface Keys {
            Optional<Rule> find(String key);
        }
    }
}
