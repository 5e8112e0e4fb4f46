package io.weir.command;

import static io.weir.GeneratedPage.header;
import static io.weir.GeneratedPage.lines;
import static io.weir.GeneratedPage.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.GeneratedPage;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.config.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The page of all commands is made from what their {@code --help} shows; the Chinese words are a resource. */
public class CommandReferenceTest {
    private static final Path CHINESE = Path.of("src/test/resources/docs/commands.txt");
    private static final String EXAMPLES = "Examples:";
    /** An option that so many commands have is described once for all. */
    private static final int SHARED = 3;

    /** What the resource has and nothing has asked for; what was asked for and it has not. */
    private final Map<String, List<String>> unused = new LinkedHashMap<>();

    private final Set<String> missing = new LinkedHashSet<>();

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void isUpToDate(String language) throws IOException, IllegalAccessException {
        boolean english = language.equals("en");
        List<CommandSpec> commands = commands();
        Map<String, ArgSpec> shared = shared(commands);
        Map<String, List<String>> translations = translations();
        unused.putAll(translations);
        String all = commands.stream()
                .map(command -> command(command, shared, english, translations))
                .collect(Collectors.joining("\n"));
        String table = header(english ? new String[] {"option", "what it does"} : new String[] {"选项", "含义"})
                + shared.values().stream()
                        .map(each -> row(names(each), words(text(each), english, translations)))
                        .collect(Collectors.joining());
        String exits = exits(english, translations);

        if (!english) {
            assertThat(missing).as("%s lacks the Chinese of", CHINESE).isEmpty();
            assertThat(unused.keySet())
                    .as("%s has Chinese that no command needs", CHINESE)
                    .isEmpty();
        }
        GeneratedPage.assertUpToDate(
                language,
                "reference/cli.md",
                Map.of("shared", lines(table), "exits", lines(exits), "commands", lines(all)));
    }

    /** Names of all options of all commands. */
    public static Set<String> options() {
        return commands().stream()
                .flatMap(command -> command.options().stream())
                .flatMap(option -> Arrays.stream(option.names()))
                .collect(Collectors.toSet());
    }

    private static List<CommandSpec> commands() {
        Terminal nowhere = new Terminal(new StringWriter(), new StringWriter(), false);
        CommandInput input = new CommandInput(Environment.of(Map.of()), InputStream.nullInputStream());
        List<CommandSpec> commands = new ArrayList<>();
        below(Commands.line(nowhere, new ConfigFiles(input, Clock.systemUTC())), commands);
        return commands;
    }

    private static void below(CommandLine line, List<CommandSpec> commands) {
        for (CommandLine each : line.getSubcommands().values()) {
            if (!each.getCommandSpec().usageMessage().hidden()) {
                commands.add(each.getCommandSpec());
                below(each, commands);
            }
        }
    }

    private static Map<String, ArgSpec> shared(List<CommandSpec> commands) {
        Map<String, List<OptionSpec>> options = commands.stream()
                .flatMap(command -> command.options().stream())
                .filter(option -> !option.hidden())
                .collect(Collectors.groupingBy(
                        option -> names(option) + text(option), LinkedHashMap::new, Collectors.toList()));
        Map<String, ArgSpec> shared = new LinkedHashMap<>();
        options.forEach((key, same) -> {
            if (same.size() >= SHARED) {
                shared.put(key, same.get(0));
            }
        });
        return shared;
    }

    private String command(
            CommandSpec spec, Map<String, ArgSpec> shared, boolean english, Map<String, List<String>> translations) {
        UsageMessageSpec usage = spec.usageMessage();
        List<String> texts = Stream.of(usage.header(), usage.description(), prose(usage.footer()))
                .map(lines -> String.join(" ", lines).strip())
                .filter(text -> !text.isEmpty())
                .toList();
        String name = spec.qualifiedName();
        StringBuilder page = new StringBuilder();
        page.append(name.split(" ").length > 2 ? "### " : "## ").append(name).append("\n\n");
        page.append(english ? texts.get(0) : translated(name, translations)).append("\n\n");
        if (texts.size() > 1) {
            String below = String.join(" ", texts.subList(1, texts.size()));
            page.append(english ? below : translated(name + " +", translations)).append("\n\n");
        }
        page.append("```text\n").append(synopsis(spec)).append("\n```\n\n");
        String arguments = Stream.<ArgSpec>concat(spec.positionalParameters().stream(), spec.options().stream())
                .filter(each -> !each.hidden() && !shared.containsKey(names(each) + text(each)))
                .map(each -> row(names(each), words(text(each), english, translations)))
                .collect(Collectors.joining());
        if (!arguments.isEmpty()) {
            page.append(header(english ? new String[] {"argument", "what it does"} : new String[] {"参数", "含义"}))
                    .append(arguments)
                    .append('\n');
        }
        String examples = examples(usage);
        return examples.isEmpty() ? page.toString() : page + "```sh\n" + examples + "\n```\n";
    }

    private static String synopsis(CommandSpec spec) {
        Help help = new Help(spec, Help.defaultColorScheme(Ansi.OFF));
        return help.synopsis(0).stripTrailing();
    }

    private static String[] prose(String... footer) {
        return Arrays.stream(footer)
                .takeWhile(line -> !line.equals(EXAMPLES))
                .filter(line -> !line.startsWith("  "))
                .toArray(String[]::new);
    }

    private static String examples(UsageMessageSpec usage) {
        return Arrays.stream(usage.footer())
                .filter(line -> line.startsWith("  "))
                .map(String::strip)
                .collect(Collectors.joining("\n"));
    }

    private static String names(ArgSpec argument) {
        if (argument instanceof PositionalParamSpec) {
            return "`" + argument.paramLabel() + "`";
        }
        OptionSpec option = (OptionSpec) argument;
        String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        return "`" + String.join(", ", option.names()) + label + "`";
    }

    private static String text(ArgSpec argument) {
        return String.join(" ", argument.description());
    }

    private String words(String text, boolean english, Map<String, List<String>> translations) {
        return english ? text : translated(text, translations);
    }

    private String translated(String key, Map<String, List<String>> translations) {
        unused.remove(key);
        List<String> words = translations.get(key);
        if (words == null) {
            missing.add(key);
            return "";
        }
        return words.get(words.size() - 1);
    }

    private String exits(boolean english, Map<String, List<String>> translations) throws IllegalAccessException {
        StringBuilder table = new StringBuilder(header(english ? "code" : "退出码", english ? "meaning" : "含义"));
        for (Field code : ExitCode.class.getFields()) {
            String chinese = translated("exit " + code.getInt(null), translations);
            List<String> words = translations.getOrDefault("exit " + code.getInt(null), List.of(""));
            table.append(row(Integer.toString(code.getInt(null)), english ? words.get(0) : chinese));
        }
        return table.toString();
    }

    private static Map<String, List<String>> translations() throws IOException {
        Map<String, List<String>> translations = new LinkedHashMap<>();
        for (String line : Files.readAllLines(CHINESE)) {
            if (!line.startsWith("#")) {
                List<String> cells = List.of(line.split(" \\| "));
                translations.put(cells.get(0), cells.subList(1, cells.size()));
            }
        }
        return translations;
    }
}
