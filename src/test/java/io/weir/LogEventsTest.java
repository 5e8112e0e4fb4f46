package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of the log's events and their keys, as the sources have them: what dashboards and alerts of others are built on. */
class LogEventsTest {
    private static final Path SOURCES = Path.of("src/main/java");
    /** From the start of a statement to the name of the event. */
    private static final Pattern STATEMENT = Pattern.compile(
            "\\b(LOG\\.|LOG\\s+\\.|PUSHES\\.|line\\(|about\\()((?:\"[^\"]*\"|[^;\"])*?)\\.log\\(((?:\"[^\"]*\"|[^;\"])*?)\\)\\s*[;)]",
            Pattern.DOTALL);

    private static final Pattern SHORT =
            Pattern.compile("\\bLOG\\.(info|warn|error|debug)\\(((?:\"[^\"]*\"|[^;\"])*?)\\);");
    /** A method that begins a line with keys that several events have. */
    private static final Pattern SHARED =
            Pattern.compile("LoggingEventBuilder (\\w+)\\([^)]*\\) \\{(.*?)\\n {4,8}}", Pattern.DOTALL);

    private static final Pattern LEVEL = Pattern.compile("\\bat(Info|Warn|Error|Debug)\\(\\)|\\bLevel\\.(\\w+)");
    private static final Pattern KEY = Pattern.compile("addKeyValue\\(\\s*\"(\\w+)\"");
    private static final Pattern LITERAL = Pattern.compile("\"([^\"]+)\"");

    /** @param level as the source has it */
    private record Line(String level, String logger, String keys) {}

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void areTheOnesOfTheReference(String language) throws IOException {
        String table = (language.equals("en")
                        ? GeneratedPage.header("event", "level", "logger", "keys")
                        : GeneratedPage.header("事件", "级别", "记录器", "键"))
                + rows();

        GeneratedPage.assertUpToDate(language, "reference/logs.md", Map.of("events", GeneratedPage.lines(table)));
    }

    @Test
    void haveNamesThatDoNotVary() throws IOException {
        assertThat(events())
                .isNotEmpty()
                .allSatisfy((name, line) -> assertThat(name).doesNotContain("{}"));
    }

    private static String rows() throws IOException {
        return events().entrySet().stream()
                .map(each -> GeneratedPage.row(
                        each.getKey(), each.getValue().level, each.getValue().logger, each.getValue().keys))
                .collect(Collectors.joining());
    }

    private static SortedMap<String, Line> events() throws IOException {
        SortedMap<String, Line> events = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Path file : sources()) {
            String source = Files.readString(file);
            String logger = file.getFileName().toString().replace(".java", "");
            Map<String, String> shared = SHARED.matcher(source)
                    .results()
                    .collect(Collectors.toMap(found -> found.group(1) + "(", found -> keys(found.group(2))));
            STATEMENT.matcher(source).results().forEach(found -> {
                String name = found.group(1).startsWith("PUSHES") ? "push" : logger;
                String keys = joined(shared.getOrDefault(found.group(1), ""), keys(found.group(2)));
                put(events, names(found.group(3)), new Line(levels(found.group(2)), name, keys));
            });
            SHORT.matcher(source)
                    .results()
                    .forEach(found -> put(
                            events,
                            names(found.group(2)),
                            new Line(found.group(1).toUpperCase(Locale.ROOT), logger, "")));
        }
        return events;
    }

    private static void put(Map<String, Line> events, List<String> names, Line line) {
        assertThat(names).as(line.toString()).isNotEmpty();
        names.forEach(name -> events.merge(name, line, LogEventsTest::both));
    }

    /** The same event from two places. */
    private static Line both(Line one, Line other) {
        return one.equals(other)
                ? one
                : new Line(
                        joined(one.level, other.level), joined(one.logger, other.logger), joined(one.keys, other.keys));
    }

    private static String joined(String one, String other) {
        return Stream.of(one, other)
                .flatMap(each -> Stream.of(each.split(", ")))
                .filter(each -> !each.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static List<String> names(String argument) {
        return LITERAL.matcher(argument.replaceAll("\"\\s*\\+\\s*\"", ""))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String keys(String statement) {
        return KEY.matcher(statement)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String levels(String statement) {
        return LEVEL.matcher(statement)
                .results()
                .map(found -> (found.group(1) == null ? found.group(2) : found.group(1)).toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
