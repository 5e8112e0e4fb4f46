package io.weir.rules;

import com.google.re2j.Pattern;
import io.weir.rules.ReplyRules.SectionRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the rule for a text: of those whose keyword it is, whose keyword it contains, or whose regular expression matches
 * somewhere in it, the one that stands first in the file.
 *
 * <p>Blanks round the text do not count: keyboards add them. Keywords and expressions are looked for in its first
 * {@value #MOST_CHARS} characters. Whole and contained keywords cost the same however many there are; a regular
 * expression costs its own time, linear in the text, and only if it stands before the best match found without it.
 *
 * @param rules in file order; the numbers below are places in this list
 */
record Keywords(List<Rule> rules, Map<String, Integer> whole, KeywordAutomaton contained, List<Expression> expressions)
        implements SectionRules.Keys {
    static final int MOST_CHARS = 4096;

    /** A compiled expression and the place of its rule. */
    record Expression(int place, Pattern pattern) {}

    @Override
    public Optional<Rule> find(String content) {
        String text = content.strip();
        String beginning = beginning(text);
        int best = Math.min(whole.getOrDefault(text, KeywordAutomaton.NONE), contained.earliest(beginning));
        int first = firstExpression(beginning, best);
        return first == KeywordAutomaton.NONE ? Optional.empty() : Optional.of(rules.get(first));
    }

    /** The place of the first that matches and stands before the limit; else the limit. */
    private int firstExpression(String text, int limit) {
        for (Expression each : expressions) {
            if (each.place > limit) {
                return limit;
            }
            if (each.pattern.matcher(text).find()) {
                return each.place;
            }
        }
        return limit;
    }

    private static String beginning(String text) {
        if (text.length() <= MOST_CHARS) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(MOST_CHARS - 1));
        return text.substring(0, splitsPair ? MOST_CHARS - 1 : MOST_CHARS);
    }
}
