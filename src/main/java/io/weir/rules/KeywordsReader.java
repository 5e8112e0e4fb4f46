package io.weir.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.weir.config.Section;
import io.weir.rules.KeywordsReader.Keywords.Expression;
import io.weir.rules.ReplyRules.SectionRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sorts the keys of section {@code text} into keywords, contained keywords and regular expressions. */
final class KeywordsReader {
    private static final String CONTAINS = "contains:";
    private static final String EXPRESSION = "~";
    private static final int MOST_STEPS = 1000;
    private static final int MOST_STEPS_TO_COMPILE = 1_000_000;
    private static final Pattern REPEAT = Pattern.compile("\\{([0-9]{1,4})(,([0-9]{0,4}))?\\}");
    private static final String TOO_LARGE =
            "expected a regular expression of at most " + MOST_STEPS + " steps, repetitions counted";

    private final Section section;
    private final List<Rule> rules;
    private final Map<String, Integer> whole = new HashMap<>();
    private final Map<String, Integer> contained = new HashMap<>();
    private final List<Expression> expressions = new ArrayList<>();

    private KeywordsReader(Section section, List<Rule> rules) {
        this.section = section;
        this.rules = rules;
    }

    /**
     * Reads the keys.
     *
     * @param rules in file order, without {@code default}
     */
    static Keywords read(Section section, List<Rule> rules) {
        KeywordsReader reader = new KeywordsReader(section, rules);
        for (int place = 0; place < rules.size(); place++) {
            reader.read(rules.get(place).key(), place);
        }
        KeywordAutomaton automaton = new KeywordAutomaton(reader.contained);
        reader.warnOfHidden(automaton);
        return new Keywords(rules, reader.whole, automaton, reader.expressions);
    }

    private void read(String key, int place) {
        String stripped = key.strip();
        if (stripped.startsWith(CONTAINS)) {
            contains(key, stripped.substring(CONTAINS.length()).strip(), place);
        } else if (stripped.startsWith(EXPRESSION)) {
            expression(key, stripped.substring(EXPRESSION.length()).strip(), place);
        } else {
            whole.putIfAbsent(stripped, place);
        }
    }

    private void contains(String key, String keyword, int place) {
        if (keyword.isEmpty()) {
            section.problem(key, "expected a keyword after \"contains:\"", "use \"default\" for every other text");
        } else {
            contained.putIfAbsent(keyword, place);
        }
    }

    private void expression(String key, String expression, int place) {
        if (expression.isEmpty()) {
            section.problem(key, "expected a regular expression after \"~\"", "use \"default\" for every other text");
        } else if (stepsToCompile(expression) > MOST_STEPS_TO_COMPILE) {
            section.problem(key, TOO_LARGE);
        } else {
            compile(key, expression, place);
        }
    }

    private void compile(String key, String expression, int place) {
        try {
            Pattern pattern = Pattern.compile(expression);
            if (pattern.programSize() > MOST_STEPS) {
                section.problem(key, TOO_LARGE);
            }
            expressions.add(new Expression(place, pattern));
        } catch (PatternSyntaxException e) {
            section.problem(
                    key,
                    "expected a regular expression of RE2: " + e.getMessage(),
                    "RE2 has neither look-around nor back-references");
        }
    }

    /** An upper bound, as if all repetitions were nested: the compiler writes them out and knows no limit itself. */
    private static double stepsToCompile(String expression) {
        double steps = expression.length();
        Matcher repeat = REPEAT.matcher(expression);
        while (repeat.find()) {
            String most = repeat.group(3) == null || repeat.group(3).isEmpty() ? repeat.group(1) : repeat.group(3);
            steps *= Math.max(1, Integer.parseInt(most));
        }
        return steps;
    }

    private void warnOfHidden(KeywordAutomaton automaton) {
        for (int place = 0; place < rules.size(); place++) {
            String key = rules.get(place).key().strip();
            boolean contains = key.startsWith(CONTAINS);
            if (contains || !key.startsWith(EXPRESSION)) {
                String keyword = contains ? key.substring(CONTAINS.length()).strip() : key;
                int same = contains ? KeywordAutomaton.NONE : whole.getOrDefault(keyword, KeywordAutomaton.NONE);
                warnIfHidden(place, Math.min(same, automaton.earliest(keyword)));
            }
        }
    }

    private void warnIfHidden(int place, int first) {
        if (first < place) {
            section.warning(
                    rules.get(place).key(),
                    "expected a key that can be reached; " + rules.get(first).name() + " always matches first",
                    "move this one above it or remove it");
        }
    }

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
    record Keywords(
            List<Rule> rules, Map<String, Integer> whole, KeywordAutomaton contained, List<Expression> expressions)
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
}
