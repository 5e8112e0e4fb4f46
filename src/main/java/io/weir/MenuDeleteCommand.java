package io.weir;

import io.weir.cli.CommonOptions;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.menu.AccountMenus;
import io.weir.wechat.menu.MenuJson;
import java.util.Optional;
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
    private final CommonOptions options = new CommonOptions();

    MenuDeleteCommand(Terminal terminal, MenuDesk desk) {
        this.terminal = terminal;
        this.desk = desk;
    }

    @Override
    public Integer call() {
        return desk.with(options, this::delete);
    }

    private int delete(MenuDesk.Account account) {
        AccountMenus live = WeChatSession.await(account.changes().live(account.config()));
        tell(live);
        boolean isThere = !live.api().isEmpty() || live.website().isPresent();
        if (isThere && !desk.agreed(yes, "Delete all of this?")) {
            terminal.talk("nothing was done");
            return ExitCode.FAILED;
        }
        return new MenuResults(terminal)
                .deleted(
                        WeChatSession.await(account.changes().delete(account.config(), Optional.of(live.hash()))),
                        options.json());
    }

    private void tell(AccountMenus live) {
        live.website()
                .ifPresent(menu -> terminal.talk("a menu that was made on WeChat's website: "
                        + menu.buttons().size() + " buttons, which only the website can make again"));
        live.api()
                .menu()
                .ifPresent(menu ->
                        terminal.talk("the default menu: " + menu.leaves().count() + " buttons"));
        live.api()
                .conditional()
                .forEach(menu -> terminal.talk("and with it the personalised menu "
                        + menu.menuid().orElse("") + " for "
                        + Terminal.harmless(MenuJson.write(menu.matchRule()).toString())));
    }
}
