package io.weir.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.client.Json;
import io.weir.command.BaseCommand.ForceOption;
import io.weir.command.BaseCommand.WeChatCommand;
import io.weir.config.AccountConfig;
import io.weir.menu.file.MenuPull;
import io.weir.menu.file.PulledMenus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir menu pull}: a menu file of what is live. */
@Command(
        name = "pull",
        header = "Write the live menus to a menu file, also a menu that was made on WeChat's website.",
        description = {
            "",
            "Weir stores the temporary pictures, voices and videos of a website's menu beside the file. It",
            "lists what it cannot carry over; a YAML file has the list as comments at its top.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir menu pull --conf conf/weir.yaml                # writes menu.yaml",
            "  weir menu pull menu.json --conf conf/weir.yaml",
            "  weir menu pull menu.yaml --yes --conf conf/weir.yaml   # overwrites it"
        },
        sortOptions = false)
final class MenuPullCommand extends WeChatCommand {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description =
                    "JSON if its name ends in .json, else YAML; - for standard output, then --json for JSON. Default: menu.yaml.")
    private Path file = Path.of("menu.yaml");

    @Option(
            names = {"-y", "--yes"},
            description = "Overwrite the file, and material beside it.")
    private boolean yes;

    @Option(names = "--legacy", description = "Keep personalised menus with withdrawn fields, which match nobody.")
    private boolean legacy;

    @Mixin
    private final ForceOption force = new ForceOption();

    MenuPullCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    @Override
    public Integer call() {
        refuseToOverwrite(file);
        return withWeChat(force.given(), this::pull);
    }

    private int pull(WeChatSession session, AccountConfig account) {
        PulledMenus pulled = WeChatSession.await(new MenuPull(session.vertx(), session.client())
                        .withMaterial(
                                account.name(),
                                legacy,
                                session.config().wechat().baseUri()))
                .orElseThrow(() -> new CommandException(
                        ExitCode.FAILED, "account " + account.name() + " has no menu; nothing was written"));
        if (CommandInput.isStandard(file)) {
            terminal.out().print(pulled.text(asJson));
            terminal.out().flush();
            pulled.files()
                    .forEach(each -> terminal.talk("note: " + Terminal.harmless(each.fileName())
                            + " is not stored, which needs the name of a file"));
            pulled.remarks().forEach(remark -> terminal.talk("note: " + Terminal.harmless(remark)));
            return ExitCode.DONE;
        }
        boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
        Map<Path, byte[]> contents = new LinkedHashMap<>();
        contents.put(file, pulled.text(json).getBytes(StandardCharsets.UTF_8));
        pulled.files()
                .forEach(each -> contents.put(
                        file.resolveSibling(each.fileName()), each.bytes().getBytes()));
        contents.keySet().forEach(this::refuseToOverwrite);
        contents.forEach(MenuPullCommand::write);
        show(account, contents.keySet(), pulled.remarks());
        return ExitCode.DONE;
    }

    private static void write(Path path, byte[] bytes) {
        try {
            Files.write(path, bytes);
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, path + " cannot be written: " + e.getMessage());
        }
    }

    private void refuseToOverwrite(Path path) {
        if (!CommandInput.isStandard(path) && Files.exists(path) && !yes) {
            throw new CommandException(ExitCode.FAILED, path + " is there already; --yes overwrites it");
        }
    }

    private void show(AccountConfig account, Collection<Path> written, List<String> remarks) {
        if (asJson) {
            ObjectNode json = Json.object().put("account", account.name());
            written.stream().map(Path::toString).forEach(json.putArray("written")::add);
            remarks.forEach(json.putArray("notCarriedOver")::add);
            terminal.result(json.toPrettyString());
            return;
        }
        written.forEach(path -> terminal.result("wrote " + Terminal.harmless(path.toString())));
        remarks.forEach(remark -> terminal.talk("note: " + Terminal.harmless(remark)));
    }
}
