package io.weir.command;

import io.weir.cli.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir menu delete}: the default menu, and with it all others. */
@Command(
        name = "delete",
        header = "Delete all menus of an account.",
        description = {
            "",
            "WeChat deletes the personalised menus together with the default one. A backup is kept before; weir",
            "menu rollback brings them back.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {"  weir menu delete --conf conf/weir.yaml", "  weir menu delete --conf conf/weir.yaml --yes"},
        sortOptions = false)
final class MenuDeleteCommand extends MenuCommandSupport {
    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    MenuDeleteCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    @Override
    public Integer call() {
        return withMenus(account -> deleteAll(account, yes, "Delete all of this?"));
    }
}
