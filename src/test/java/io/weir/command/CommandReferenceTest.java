package io.weir.command;

import static io.weir.GeneratedPage.header;
import static io.weir.GeneratedPage.lines;
import static io.weir.GeneratedPage.row;

import io.weir.GeneratedPage;
import io.weir.GeneratedPage.Translations;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.config.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
    private static final Map<Integer, String> EXITS = Map.of(
            ExitCode.DONE, "done; for `trigger`: WeChat would take the answer (of many: all)",
            ExitCode.FAILED, "failed; for `trigger`: an answer that WeChat would not take",
            ExitCode.CHANGES_PENDING, "nothing failed, and there are changes to apply: `menu plan`",
            ExitCode.USAGE, "wrong arguments; a question and no terminal to ask at",
            ExitCode.BAD_DATA, "a file with data is wrong: a menu file, the simulator's state",
            ExitCode.UNAVAILABLE,
                    "unavailable: nothing answers within 5 s (`trigger` of many: nothing at all), a port is taken, no JDK",
            ExitCode.CONFIGURATION, "the configuration is wrong",
            ExitCode.INTERRUPTED, "Ctrl-C");

    private static final String EXAMPLES = "Examples:";
    /** An option that so many commands have is described once for all. */
    private static final int SHARED = 3;

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void isUpToDate(String language) throws IOException, IllegalAccessException {
        boolean english = language.equals("en");
        Translations words = Translations.read("commands.txt", english);
        List<CommandSpec> commands = commands();
        Map<String, ArgSpec> shared = shared(commands);
        String all = commands.stream()
                .map(command -> command(command, shared, english, words))
                .collect(Collectors.joining("\n"));
        String options = header(english ? "option" : "选项", english ? "what it does" : "含义")
                + rows(shared.values().stream(), words);
        String exits = exits(english, words);
        words.assertComplete();

        GeneratedPage.assertUpToDate(
                language,
                "reference/cli.md",
                Map.of("shared", lines(options), "exits", lines(exits), "commands", lines(all)));
    }

    /** Names of the options of each command, hidden ones too, by what is typed behind {@code weir}; those of {@code weir} itself by nothing. */
    public static Map<String, Set<String>> options() {
        List<CommandSpec> all = commands();
        return Stream.concat(Stream.of(all.get(0).root()), all.stream())
                .collect(Collectors.toMap(
                        command -> command.qualifiedName().replaceFirst("^weir ?", ""),
                        command -> command.options().stream()
                                .flatMap(option -> Arrays.stream(option.names()))
                                .collect(Collectors.toSet())));
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

    private static String command(CommandSpec spec, Map<String, ArgSpec> shared, boolean english, Translations words) {
        UsageMessageSpec usage = spec.usageMessage();
        List<String> texts = Stream.of(usage.header(), usage.description(), prose(usage.footer()))
                .map(lines -> String.join(" ", lines).strip())
                .filter(text -> !text.isEmpty())
                .toList();
        String name = spec.qualifiedName();
        StringBuilder page = new StringBuilder();
        page.append(name.split(" ").length > 2 ? "### " : "## ").append(name).append("\n\n");
        page.append(words.named(name, texts.get(0))).append("\n\n");
        if (texts.size() > 1) {
            page.append(words.named(name + " +", String.join(" ", texts.subList(1, texts.size()))))
                    .append("\n\n");
        }
        page.append("```text\n").append(synopsis(spec)).append("\n```\n\n");
        String arguments = rows(
                Stream.<ArgSpec>concat(spec.positionalParameters().stream(), spec.options().stream())
                        .filter(each -> !each.hidden() && !shared.containsKey(names(each) + text(each))),
                words);
        if (!arguments.isEmpty()) {
            page.append(header(english ? "argument" : "参数", english ? "what it does" : "含义"))
                    .append(arguments)
                    .append('\n');
        }
        String examples = examples(usage);
        return examples.isEmpty() ? page.toString() : page + "```sh\n" + examples + "\n```\n";
    }

    private static String rows(Stream<ArgSpec> arguments, Translations words) {
        return arguments.map(each -> row(names(each), words.of(text(each)))).collect(Collectors.joining());
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

    private static String exits(boolean english, Translations words) throws IllegalAccessException {
        StringBuilder table = new StringBuilder(header(english ? "code" : "退出码", english ? "meaning" : "含义"));
        for (Field code : ExitCode.class.getFields()) {
            table.append(row(code.get(null).toString(), words.of(EXITS.getOrDefault(code.getInt(null), "?"))));
        }
        return table.toString();
    }
}
