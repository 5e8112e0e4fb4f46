package io.weir.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.command.BaseCommand.ConfiguredCommand;
import io.weir.command.MenuCommandSupport.MenuFiles;
import io.weir.command.MenuCommandSupport.MenuFindings;
import io.weir.config.AccountConfig;
import io.weir.menu.file.AnswersCheck;
import io.weir.menu.file.MenuCheck;
import io.weir.menu.file.MenuFile;
import io.weir.menu.file.MenuFileReader;
import io.weir.menu.file.MenuFinding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir menu validate}: everything that is wrong with a menu file, without network. */
@Command(
        name = "validate",
        header = "Find everything in a menu file that WeChat would refuse, and every button without an answer.",
        description = {
            "",
            "Works without network: checks bytes, counts, required fields, match rules, domains, pictures, and",
            "that each key has a reply, a default or a custom handler. Only the commands that ask WeChat can",
            "check the names of tags. Ends with 65 when there are errors; warnings are allowed.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir menu validate menu.yaml --conf conf/weir.yaml",
            "  weir menu validate menu.json --conf conf/weir.yaml --account main --json",
            "  weir menu validate old.yaml --legacy      # rules with sex, region or language are only warnings"
        },
        sortOptions = false)
final class MenuValidateCommand extends ConfiguredCommand {
    @Parameters(
            paramLabel = "FILE",
            description = "The menu file, - for standard input, YAML or JSON; a body of menu/create is one.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = "--legacy", description = "Only warn of match rules with withdrawn fields, which match nobody.")
    private boolean legacy;

    MenuValidateCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    @Override
    public Integer call() {
        ConfigFiles.Loaded loaded = loadRunning();
        AccountConfig account = account(loaded.require());
        MenuFileReader.ReadFile reading = MenuFiles.read(files.input(), file);
        List<MenuFinding> all = new ArrayList<>(reading.findings());
        AnswersCheck answers = new AnswersCheck(
                loaded.replies().of(account.name()), (type, key) -> loaded.own().answers(account.name(), type, key));
        reading.file().ifPresent(menus -> all.addAll(new MenuCheck(legacy, answers).check(menus)));
        MenuFindings findings = new MenuFindings(all);
        Set<String> tags = reading.file().map(MenuFile::tagNames).orElse(Set.of());
        if (asJson) {
            terminal.result(json(account, findings, tags).toPrettyString());
        } else {
            findings.print(terminal);
            if (!tags.isEmpty()) {
                terminal.talk("not checked, since only WeChat knows the account's tags: "
                        + Terminal.harmless(String.join(", ", tags)));
            }
        }
        return findings.errors() == 0 ? ExitCode.DONE : ExitCode.BAD_DATA;
    }

    private ObjectNode json(AccountConfig account, MenuFindings findings, Set<String> tags) {
        ObjectNode json = findings.json().put("file", file.toString()).put("account", account.name());
        ArrayNode unchecked = json.putArray("tagsNotChecked");
        tags.forEach(unchecked::add);
        return json;
    }
}
