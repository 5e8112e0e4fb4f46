package io.weir.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Puts a syntax error into our words. SnakeYAML's own quote the text, which may be a secret; so nothing of them is shown.
 *
 * @param begins how SnakeYAML's text begins
 * @param atStart whether the fault is where the unfinished thing begins, not where its end was missed
 */
record YamlFault(String begins, boolean atStart, String found, String hint) {
    private static final String USE_QUOTES = "put the value in single quotes";
    private static final String CHECK_INDENTATION = "check the indentation of this line and the one above";
    private static final String CHECK_BOTH = CHECK_INDENTATION + ", or " + USE_QUOTES;
    private static final List<YamlFault> KNOWN = List.of(
            end("found character", "a character that no value can begin with", USE_QUOTES),
            end("mapping values are not", "a second \": \" in one value", CHECK_BOTH),
            end("sequence entries are not", "\"- \" where no list can begin", "begin the list on a line of its own"),
            start("could not find expected ':'", "a line without \": \"", "write \"key: value\""),
            end("expected <block end>", "a line that does not fit those above it", CHECK_INDENTATION),
            end("expected ',' or", "\"[\" or \"{\" that is not closed before this", "close it, or " + USE_QUOTES),
            start("found unexpected end of stream", "quotes that are never closed", "close them"),
            end("found unknown escape", "\"\\\" before a character that it cannot escape", USE_QUOTES),
            end("expected chomping", "text after \"|\" or \">\"", USE_QUOTES),
            end("unexpected character", "\"&\" or \"*\" at the start of a value", USE_QUOTES));
    private static final YamlFault OTHER = end("", "something that YAML does not allow", CHECK_BOTH);

    static Problem of(MarkedYAMLException error, Place root, String text) {
        YamlFault fault = KNOWN.stream()
                .filter(each -> error.getProblem().startsWith(each.begins))
                .findFirst()
                .orElse(OTHER);
        Mark start = error.getContextMark();
        Mark mark = fault.atStart && start != null ? start : error.getProblemMark();
        String context = start == null || start.getLine() == mark.getLine()
                ? ""
                : " in what begins in line " + (start.getLine() + 1);
        return Problem.error(root.at(mark.getLine() + 1, mark.getColumn() + 1), fault.found, "expected YAML" + context)
                .hint(lookAlike(text.split("\\R", -1), mark.getLine()).orElse(fault.hint));
    }

    /** In the line or, since it may have been taken for a continuation, the one above. */
    private static Optional<String> lookAlike(String[] lines, int line) {
        return Stream.of(line, line - 1)
                .filter(each -> each >= 0 && each < lines.length)
                .flatMap(each -> LookAlike.hint(lines[each]).stream())
                .findFirst();
    }

    private static YamlFault start(String begins, String found, String hint) {
        return new YamlFault(begins, true, found, hint);
    }

    private static YamlFault end(String begins, String found, String hint) {
        return new YamlFault(begins, false, found, hint);
    }
}
