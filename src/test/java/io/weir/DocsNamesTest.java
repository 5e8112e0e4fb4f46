package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.weir.MarkdownPage.CodeBlock;
import io.weir.command.CommandReferenceTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pages name exists: commands, options, metrics, environment variables and keys of the configuration. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocsNamesTest {
    private static final Path FOREIGN = Path.of("src/test/resources/docs/foreign-names.txt");
    private static final Pattern METRIC = Pattern.compile("\\bweir_[a-z][a-z0-9_]*\\*?");
    private static final Pattern VARIABLE = Pattern.compile("\\bWEIR_[A-Z0-9_]*[A-Z0-9]\\b");
    /** From the name of the program to what ends a command in a shell. */
    private static final Pattern COMMAND = Pattern.compile(
            "(?:^|\\$ |[|;&(] *|sudo -u weir )(?:weir|(?:\\./)?scripts/run|java -jar (?:\\S*/)?weir\\.jar)"
                    + "((?: +(?:(?!\\$\\()[^\\s|;&>)#`\"']|\"[^\"]*\"|'[^']*')+)+)");

    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--?[a-zA-Z][a-z-]*");
    private static final Pattern LONE_OPTION = Pattern.compile("(--[a-z][a-z-]*)(?:[ =].*)?");
    private static final Pattern SCRIPT_OPTION = Pattern.compile("(?<=\"|\\s)--[a-z][a-z-]*");
    private static final Pattern KEY = Pattern.compile("[a-z]+(?:\\.[A-Za-z0-9_]+)+");
    private static final Pattern JAVA_OR_FILE =
            Pattern.compile(".*\\.(?:[A-Z]\\w*[a-z]\\w*|yaml|json|java|jar|md|txt|pem|py|js|go|php)");

    private final Set<String> foreign = new HashSet<>();
    private final Set<String> metrics = new HashSet<>();
    private final Set<String> variables = new HashSet<>();
    private final Set<String> keys = ConfigurationReferenceTest.keys().keySet();
    private final Map<String, Set<String>> options = CommandReferenceTest.options();
    private final Set<String> anyOption =
            options.values().stream().flatMap(Set::stream).collect(Collectors.toSet());

    private final Set<String> scriptOptions = new HashSet<>();
    private final Set<String> unusedForeign = new HashSet<>();

    @BeforeAll
    void read() throws IOException {
        Files.readAllLines(FOREIGN).stream()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> foreign.add(line.replaceFirst(" \\| .*", "")));
        unusedForeign.addAll(foreign);
        for (String line :
                MarkdownPage.read(Path.of("src/docs/en/reference/metrics.md")).prose()) {
            METRIC.matcher(line).results().map(MatchResult::group).forEach(name -> {
                metrics.add(name);
                List.of("_bucket", "_sum", "_count").forEach(end -> metrics.add(name + end));
            });
        }
        addAll(variables, VARIABLE, "src/main/java", "conf", "src/dist", "scripts");
        addAll(scriptOptions, SCRIPT_OPTION, "scripts", "src/bench/java", "src/test/java/io/weir/faults");
    }

    private static void addAll(Set<String> names, Pattern pattern, String... places) throws IOException {
        for (String place : places) {
            try (Stream<Path> files = Files.walk(Path.of(place))) {
                files.filter(Files::isRegularFile)
                        .flatMap(file -> pattern.matcher(text(file)).results())
                        .forEach(found -> names.add(found.group()));
            }
        }
    }

    @Test
    void allExist() throws IOException {
        List<String> findings = new ArrayList<>();
        for (Path file : pages()) {
            MarkdownPage page = MarkdownPage.read(file);
            for (int line = 0; line < page.prose().size(); line++) {
                String where = file + ":" + (line + 1) + ": ";
                String text = page.prose().get(line);
                missing(text).forEach(each -> findings.add(where + each));
                for (String span : MarkdownPage.codeSpans(text)) {
                    inSpan(span).forEach(each -> findings.add(where + each));
                }
            }
            for (CodeBlock block : page.blocks()) {
                String where = file + ":" + block.line() + " (code block): ";
                String text = String.join("\n", block.lines()).replaceAll("\\\\\n\\s*", "");
                text.lines()
                        .flatMap(line -> Stream.concat(missing(line), inCommand(line)))
                        .forEach(each -> findings.add(where + each));
            }
        }

        if (!findings.isEmpty()) {
            fail(findings.size() + " names do not exist (add those of other programs to " + FOREIGN + "):\n"
                    + findings.stream().distinct().collect(Collectors.joining("\n")));
        }
        assertThat(unusedForeign)
                .as("names that no page has any more, in %s", FOREIGN)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weir menu plan --hash x       | weir menu plan has no option --hash",
                "$ weir serv --conf x          | there is no command weir serv",
                "scripts/run check --replies x | weir check has no option --replies",
            })
    void aCommandWithAnotherCommandsOptionIsFound(String line, String finding) {
        assertThat(inCommand(line)).containsExactly(finding);
    }

    @ParameterizedTest
    @CsvSource({
        "`weir menu apply menu.yaml --yes`, true",
        "`--dry-run`, true",
        "`--dry`, false",
        "`push.deadline`, true",
        "`push.deadlines`, false",
        "`handlers.CLICK.late`, true",
        "`push.tls`, true",
        "`replies.yaml`, true",
        "`push.PushServer`, true",
    })
    void aSpanNamesWhatExists(String span, boolean exists) {
        assertThat(MarkdownPage.codeSpans(span).stream()
                        .flatMap(this::inSpan)
                        .findAny()
                        .isEmpty())
                .isEqualTo(exists);
    }

    /** Metrics and variables, wherever they stand. */
    private Stream<String> missing(String line) {
        Stream<String> noMetrics = METRIC.matcher(line)
                .results()
                .map(MatchResult::group)
                .filter(name -> !isMetric(name) && !isForeign(name))
                .map(name -> "there is no metric " + name);
        Stream<String> noVariables = VARIABLE.matcher(line)
                .results()
                .map(MatchResult::group)
                .filter(name -> !variables.contains(name) && !isForeign(name))
                .map(name -> "there is no variable " + name);
        return Stream.concat(noMetrics, noVariables);
    }

    private boolean isMetric(String name) {
        String start = name.replaceFirst("\\*$", "");
        boolean isStart = !start.equals(name) || start.endsWith("_");
        return metrics.contains(name) || (isStart && metrics.stream().anyMatch(each -> each.startsWith(start)));
    }

    private Stream<String> inSpan(String span) {
        Matcher option = LONE_OPTION.matcher(span);
        if (option.matches()) {
            boolean exists = anyOption.contains(option.group(1))
                    || scriptOptions.contains(option.group(1))
                    || isForeign(option.group(1));
            return exists ? Stream.empty() : Stream.of("no command has the option " + option.group(1));
        }
        if (KEY.matcher(span).matches() && !JAVA_OR_FILE.matcher(span).matches()) {
            return isKey(span) || isPackage(span) || isForeign(span)
                    ? Stream.empty()
                    : Stream.of("there is no key " + span);
        }
        return inCommand(span);
    }

    private Stream<String> inCommand(String line) {
        return COMMAND.matcher(line).results().flatMap(found -> {
            List<String> words = Arrays.asList(found.group(1).strip().split(" +"));
            String command = "";
            for (String word : words) {
                String longer = (command + " " + word).strip();
                if (!options.containsKey(longer)) {
                    break;
                }
                command = longer;
            }
            if (command.isEmpty() && words.get(0).matches("[a-z]+") && !isForeign(words.get(0))) {
                return Stream.of("there is no command weir " + words.get(0));
            }
            String name = command;
            return OPTION.matcher(found.group(1))
                    .results()
                    .flatMap(option -> each(option.group()))
                    .filter(option -> !options.getOrDefault(name, Set.of()).contains(option) && !isForeign(option))
                    .map(option -> "weir " + name + " has no option " + option);
        });
    }

    /** {@code -hj} is {@code -h} and {@code -j}. */
    private static Stream<String> each(String option) {
        return option.startsWith("--")
                ? Stream.of(option)
                : option.chars().skip(1).mapToObj(letter -> "-" + (char) letter);
    }

    /** A key or a map of keys; only what begins with a section of the file is taken for one. */
    private boolean isKey(String span) {
        String[] wanted = span.split("\\.", -1);
        return keys.stream().noneMatch(key -> key.startsWith(wanted[0] + "."))
                || keys.stream()
                        .map(key -> key.split("\\.", -1))
                        .anyMatch(key -> key.length >= wanted.length
                                && Stream.iterate(0, at -> at < wanted.length, at -> at + 1)
                                        .allMatch(at -> key[at].equals(wanted[at])
                                                || key[at].equals(key[at].toUpperCase(Locale.ROOT))));
    }

    private static boolean isPackage(String span) {
        return Files.isDirectory(Path.of("src/main/java/io/weir", span.replace('.', '/')));
    }

    private boolean isForeign(String name) {
        unusedForeign.remove(name);
        return foreign.contains(name);
    }

    /** Those of today: records of decisions and the changelog may name what is gone. */
    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(Stream.of("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md")
                .map(Path::of)
                .toList());
        try (Stream<Path> all = Files.walk(Path.of("src/docs"))) {
            all.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException binary) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
