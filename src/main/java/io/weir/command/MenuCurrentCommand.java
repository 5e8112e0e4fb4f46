package io.weir.command;

import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.cli.Terminal.Colour;
import io.weir.client.calls.MenuCalls;
import io.weir.command.BaseCommand.ForceOption;
import io.weir.command.BaseCommand.WeChatCommand;
import io.weir.config.AccountConfig;
import io.weir.menu.file.MenuTree;
import io.weir.menu.http.MenuViews;
import io.weir.wechat.menu.SelfMenu;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weir menu current}: the default menu in force, whoever made it. */
@Command(
        name = "current",
        header = "Show the default menu in force, made through the API or on WeChat's website.",
        description = {
            "",
            "Asks get_current_selfmenu_info. Personalised menus are not part of its answer; values of img,",
            "voice and video differ at every call and live for three days.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {"  weir menu current --conf conf/weir.yaml", "  weir menu current --conf conf/weir.yaml --json"},
        sortOptions = false)
final class MenuCurrentCommand extends WeChatCommand {
    @Mixin
    private final ForceOption force = new ForceOption();

    MenuCurrentCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    @Override
    public Integer call() {
        return withWeChat(force.given(), this::show);
    }

    private int show(WeChatSession session, AccountConfig account) {
        SelfMenu menu = WeChatSession.await(new MenuCalls(session.client()).currentSelfMenuInfo(account.name()));
        if (asJson) {
            terminal.result(MenuViews.current(account.name(), menu).toPrettyString());
            return ExitCode.DONE;
        }
        String state = menu.isOpen() ? "open" : "not open: nobody sees it";
        terminal.result(terminal.paint(Colour.STRONG, "menu of account " + account.name()) + " (" + state + ")");
        new MenuTree(terminal).lines(MenuTree.of(menu)).forEach(terminal::result);
        if (menu.buttons().isEmpty()) {
            terminal.talk("There is no menu.");
        } else if (menu.asMenu().isEmpty()) {
            terminal.talk("It was made on WeChat's website: weir menu pull writes what of it the API can make.");
        }
        return ExitCode.DONE;
    }
}
