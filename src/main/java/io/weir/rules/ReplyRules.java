package io.weir.rules;

import io.weir.config.Problems;
import io.weir.config.Section;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an account answers, as its replies file says: finds the rule for a push.
 *
 * <p>The cost of finding one does not grow with the number of rules, but for the regular expressions of section
 * {@code text}, which are tried one after the other. Immutable, for any thread.
 */
public final class ReplyRules {
    /** Answers nothing. */
    public static final ReplyRules NONE = new ReplyRules(new LinkedHashMap<>());

    private final Map<PushType<?>, SectionRules> sections;

    /** Takes the map over. */
    ReplyRules(Map<PushType<?>, SectionRules> sections) {
        this.sections = sections;
    }

    /**
     * Reads a replies file.
     *
     * @param fileName as the user named it, for problems and rule names
     * @param yaml the file's text
     * @param problems is told every error and warning; after an error the result lacks what was wrong and should not be
     *     used
     */
    public static ReplyRules parse(String fileName, String yaml, Problems problems) {
        return new RulesReader(fileName).read(Section.parse(fileName, yaml, problems));
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

    /** All rules that can take effect, section by section in file order. */
    public List<Rule> rules() {
        return sections.values().stream()
                .map(SectionRules::rules)
                .flatMap(Collection::stream)
                .toList();
    }

    private Optional<Rule> find(PushType<?> type, Optional<String> key) {
        SectionRules section = sections.get(type);
        return section == null ? Optional.empty() : section.find(key);
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

        /** Finds the rule for a key. */
        @FunctionalInterface
        interface Keys {
            Optional<Rule> find(String key);
        }
    }
}
