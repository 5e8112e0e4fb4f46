package io.weir.config;

import io.weir.config.Node.Entry;
import io.weir.config.Node.Mapping;
import io.weir.config.Node.Scalar;
import io.weir.config.Node.Sequence;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Builds nodes from SnakeYAML's events. Its composer is not used: it would resolve types and merge keys, and its limits
 * on depth and aliases know no line.
 */
final class YamlReader {
    private static final int MAX_DEPTH = 20;
    /** What aliases may repeat; what is written out is bounded by the size of the file. */
    private static final int MAX_ALIASED = 20_000;

    /** SnakeYAML's time for a value in one line grows with the square of its length: 1 s for this, minutes for 16 MiB. */
    private static final int MAX_LINE = 1024 * 1024;

    /** From this depth on, keys are names of ours rather than the user's. */
    private static final int DEEP = 2;

    /** @param values how many values it stands for, itself included */
    private record Anchor(Node node, int values) {}

    private final Iterator<Event> events;
    private final Problems problems;
    private final Map<String, Anchor> anchors = new HashMap<>();
    /** Keys that are the same in many maps. */
    private final Map<String, String> names = new HashMap<>();

    private int openAnchors;
    private int values;
    private int aliased;

    private YamlReader(Iterator<Event> events, Problems problems) {
        this.events = events;
        this.problems = problems;
    }

    /**
     * The root of the only document; an absent value if the file is empty. Faults that leave the rest readable go to
     * {@code problems}.
     *
     * @throws ConfigException with the one problem that makes the file unreadable
     */
    static Node read(Place root, String text, Problems problems) {
        String yaml = checked(root, text);
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(FileText.MAX_BYTES + 1);
        try {
            return new YamlReader(
                            new Yaml(options).parse(new StringReader(yaml)).iterator(), problems)
                    .root(root);
        } catch (MarkedYAMLException e) {
            throw new ConfigException(List.of(YamlFault.of(e, root, yaml)));
        }
    }

    /** The text without a byte order mark; one that no YAML has is refused before SnakeYAML sees it. */
    private static String checked(Place root, String text) {
        String clean = FileText.withoutMark(text);
        long bytes = bytes(clean);
        if (bytes > FileText.MAX_BYTES) {
            throw unreadable(root, bytes + " bytes", "expected at most 16 MiB (" + FileText.MAX_BYTES + " bytes)");
        }
        checkLines(root, clean);
        for (int index = 0; index < clean.length(); index += Character.charCount(clean.codePointAt(index))) {
            if (!StreamReader.isPrintable(clean.codePointAt(index))) {
                throw new ConfigException(List.of(unprintable(root, clean.substring(0, index))));
            }
        }
        return clean;
    }

    private static void checkLines(Place root, String text) {
        for (int begin = 0; begin < text.length(); ) {
            int end = text.indexOf('\n', begin);
            int length = (end < 0 ? text.length() : end) - begin;
            if (length > MAX_LINE) {
                Place line = Place.behind(root.file(), text.substring(0, begin));
                throw new ConfigException(List.of(Problem.error(
                                line,
                                "a line of " + length + " characters",
                                "expected at most " + MAX_LINE + " in a line")
                        .hint("break the value over several lines, each with more blanks in front than its key")));
            }
            begin += length + 1;
        }
    }

    /** How many bytes a text has in UTF-8, without making them. */
    private static long bytes(String text) {
        long bytes = 0;
        for (int index = 0; index < text.length(); index++) {
            char each = text.charAt(index);
            bytes += each < 0x80 ? 1 : each < 0x800 || Character.isSurrogate(each) ? 2 : 3;
        }
        return bytes;
    }

    private static Problem unprintable(Place root, String before) {
        return Problem.error(Place.behind(root.file(), before), "a character that no text has", "expected UTF-8 text")
                .hint("save the file as UTF-8");
    }

    private Node root(Place root) {
        events.next();
        if (events.next().is(Event.ID.StreamEnd)) {
            return Node.absent(1);
        }
        Node node = value(events.next(), root, 0);
        events.next();
        Event end = events.next();
        if (!end.is(Event.ID.StreamEnd)) {
            problems.add(Problem.error(at(root, end), "a second document", "expected one document in a file")
                    .hint("remove the line \"---\" and what follows"));
        }
        return node;
    }

    private Node value(Event event, Place place, int depth) {
        values++;
        if (event instanceof AliasEvent alias) {
            return aliased(alias, place);
        }
        NodeEvent start = (NodeEvent) event;
        if (start.getAnchor() == null) {
            return content(start, place, depth);
        }
        int before = values - 1;
        openAnchors++;
        Node node = content(start, place, depth);
        openAnchors--;
        anchors.put(start.getAnchor(), new Anchor(node, values - before));
        return node;
    }

    private Node content(NodeEvent event, Place place, int depth) {
        if (depth > MAX_DEPTH) {
            throw unreadable(at(place, event), "values nested too deeply", "expected at most " + MAX_DEPTH + " levels");
        }
        if (event instanceof MappingStartEvent map) {
            refuseTag(map.getTag(), event, place);
            return mapping(map, place, depth);
        }
        if (event instanceof SequenceStartEvent list) {
            refuseTag(list.getTag(), event, place);
            return sequence(list, place, depth);
        }
        ScalarEvent scalar = (ScalarEvent) event;
        refuseTag(scalar.getTag(), event, place);
        boolean severalLines =
                event.getStartMark().getLine() != event.getEndMark().getLine();
        return new Scalar(line(event), column(event), scalar.getValue(), scalar.isPlain(), severalLines);
    }

    private Mapping mapping(Event start, Place place, int depth) {
        Map<String, Entry> entries = new LinkedHashMap<>(2);
        for (Event key = events.next(); !key.is(Event.ID.MappingEnd); key = events.next()) {
            if (key instanceof ScalarEvent name) {
                entry(name, place, depth, entries);
            } else {
                problems.add(Problem.error(at(place, key), "a key that is not a text", "expected \"key: value\"")
                        .hint("put the key in quotes"));
                value(key, place, depth + 1);
                value(events.next(), place, depth + 1);
            }
        }
        if (entries.size() == 1) {
            // Most maps of a large file: { text: … }.
            Map.Entry<String, Entry> only = entries.entrySet().iterator().next();
            return new Mapping(line(start), column(start), Collections.singletonMap(only.getKey(), only.getValue()));
        }
        return new Mapping(line(start), column(start), entries);
    }

    private void entry(ScalarEvent key, Place place, int depth, Map<String, Entry> entries) {
        Place here = place.key(key.getValue(), line(key));
        refuseTag(key.getTag(), key, place);
        Node value = value(events.next(), here, depth + 1);
        if (key.isPlain() && isSlip(key.getValue(), value, at(place, key))) {
            return;
        }
        String name = depth < DEEP ? key.getValue() : names.computeIfAbsent(key.getValue(), each -> each);
        Entry earlier = entries.putIfAbsent(name, new Entry(line(key), value));
        if (earlier != null) {
            problems.add(Problem.error(here, "the key of line " + earlier.line() + " again", "expected each key once")
                    .hint("remove one of the two"));
        }
    }

    /** Whether this is no key at all; what it is may be a secret without its colon, so it is not shown. */
    private boolean isSlip(String key, Node value, Place place) {
        if (key.equals("<<")) {
            problems.add(Problem.error(place, "a merge key \"<<\"", "expected each key written out"));
            return true;
        }
        boolean peculiar = !key.isEmpty() && Character.isSpaceChar(key.charAt(0));
        if (peculiar || (value.isAbsent() && LookAlike.missingColon(key).isPresent())) {
            String found = peculiar ? "a key after an unusual space" : "a key without a value";
            problems.add(Problem.error(place, found, "expected \"key: value\"")
                    .hint(LookAlike.hint(key)
                            .or(() -> LookAlike.missingColon(key))
                            .orElse("check the indentation")));
            return true;
        }
        return false;
    }

    private Sequence sequence(Event start, Place place, int depth) {
        List<Node> items = new ArrayList<>();
        for (Event item = events.next(); !item.is(Event.ID.SequenceEnd); item = events.next()) {
            items.add(value(item, place.item(items.size(), line(item)), depth + 1));
        }
        return new Sequence(line(start), column(start), items);
    }

    /** Aliases may not nest: so they cannot recurse, nor multiply each other. */
    private Node aliased(AliasEvent alias, Place place) {
        Anchor anchor = anchors.get(alias.getAnchor());
        if (openAnchors > 0 || anchor == null) {
            String found =
                    openAnchors > 0 ? "an alias within an anchored value" : "an alias without an anchor above it";
            problems.add(Problem.error(at(place, alias), found, "expected a value")
                    .hint("write the value out; put a text that begins with \"*\" in quotes"));
            return Node.absent(line(alias));
        }
        aliased += anchor.values;
        if (aliased > MAX_ALIASED) {
            throw unreadable(
                    at(place, alias),
                    "aliases that multiply",
                    "expected at most " + MAX_ALIASED + " values that aliases repeat");
        }
        return anchor.node;
    }

    private void refuseTag(String tag, Event event, Place place) {
        if (tag != null) {
            problems.add(Problem.error(at(place, event), "a tag", "expected a value without a tag")
                    .hint("put a text that begins with \"!\" in quotes"));
        }
    }

    private static ConfigException unreadable(Place place, String found, String rule) {
        return new ConfigException(List.of(Problem.error(place, found, rule)));
    }

    private static Place at(Place place, Event event) {
        return place.at(line(event), 0);
    }

    private static int line(Event event) {
        return event.getStartMark().getLine() + 1;
    }

    private static int column(Event event) {
        return event.getStartMark().getColumn() + 1;
    }

    /**
     * Puts a syntax error into our words. SnakeYAML's own quote the text, which may be a secret; so nothing of them is shown.
     *
     * @param begins how SnakeYAML's text begins
     * @param atStart whether the fault is where the unfinished thing begins, not where its end was missed
     */
    record YamlFault(String begins, boolean atStart, String found, String hint) {
        private static final String USE_QUOTES = "put the value in single quotes";
        private static final String USE_JSON_QUOTES = "look for a missing comma or quote";
        private static final String CHECK_INDENTATION = "check the indentation of this line and the one above";
        private static final String CHECK_BOTH = CHECK_INDENTATION + ", or " + USE_QUOTES;
        private static final List<YamlFault> KNOWN = List.of(
                end("found character", "a character that no value can begin with", USE_QUOTES),
                end("mapping values are not", "a second \": \" in one value", CHECK_BOTH),
                end(
                        "sequence entries are not",
                        "\"- \" where no list can begin",
                        "begin the list on a line of its own"),
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
            boolean isJson = text.stripLeading().startsWith("{");
            String language = isJson ? "expected JSON" : "expected YAML";
            return Problem.error(root.at(mark.getLine() + 1, mark.getColumn() + 1), fault.found, language + context)
                    .hint(lookAlike(text.split("\\R", -1), mark.getLine())
                            .orElse(isJson ? fault.hint.replace(USE_QUOTES, USE_JSON_QUOTES) : fault.hint));
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

    /** Recognises characters that look like the ones YAML needs but are others. */
    static final class LookAlike {
        private static final String WRITE_A_COLON = "write \"key: value\", with a space after the colon";

        /** In a line without any other mark: in values and comments the wide colon is at home. */
        private static final Pattern WIDE_COLON = Pattern.compile("[^:#\"'：]*：");

        private LookAlike() {}

        /** What is peculiar about a line that could not be read, or about a key. */
        static Optional<String> hint(String line) {
            int end = 0;
            while (end < line.length() && (line.charAt(end) == '\t' || Character.isSpaceChar(line.charAt(end)))) {
                end++;
            }
            return indentation(line.substring(0, end))
                    .or(() -> WIDE_COLON.matcher(line).lookingAt()
                            ? Optional.of("\"：\" (U+FF1A) is not a colon; " + WRITE_A_COLON)
                            : Optional.empty());
        }

        /** For a text where a key with a value was expected. */
        static Optional<String> missingColon(String text) {
            boolean looksLikeKey = text.chars().anyMatch(each -> each == ':' || each == '=' || each == '：');
            return looksLikeKey ? hint(text).or(() -> Optional.of(WRITE_A_COLON)) : Optional.empty();
        }

        private static Optional<String> indentation(String blank) {
            if (blank.indexOf('\t') >= 0) {
                return Optional.of("the line is indented with a tab; use spaces");
            }
            if (blank.indexOf('\u00A0') >= 0) {
                return Optional.of("the line is indented with U+00A0, copied from a web page; use plain spaces");
            }
            return blank.chars()
                    .filter(each -> each != ' ')
                    .mapToObj(LookAlike::wideSpace)
                    .findFirst();
        }

        private static String wideSpace(int character) {
            return String.format("the line is indented with U+%04X; use plain spaces", character);
        }
    }
}
