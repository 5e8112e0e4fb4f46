package io.weir;

import io.weir.cli.CommonOptions;
import io.weir.cli.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir menu delete}: the default menu, and with it all others. */
@Command(
        name = "delete",
        header = "Delete all menus of an account.",
        description = {
            "",
            "WeChat deletes the personalised menus together with the default one. A backup is kept before; weir menu",
            "rollback brings them back.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {"  weir menu delete --conf conf/weir.yaml", "  weir menu delete --conf conf/weir.yaml --yes"},
        sortOptions = false)
final class MenuDeleteCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final MenuDesk desk;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final CommonOptions options = new CommonOptions();

    MenuDeleteCommand(Terminal terminal, MenuDesk desk) {
        this.terminal = terminal;
        this.desk = desk;
    }

    @Override
    public Integer call() {
        MenuDeletion deletion = new MenuDeletion(terminal, desk, yes, options.json());
        return desk.with(options, force, account -> deletion.run(account, "Delete all of this?"));
    }
}
