package io.weir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.client.Json;
import io.weir.menu.AccountMenus;
import io.weir.menu.MenuBackup;
import io.weir.wechat.menu.ConditionalMenu;
import io.weir.wechat.menu.MenuJson;
import java.util.Optional;

/** Deletes all menus of an account, after it has named them: WeChat deletes the personalised ones with the default one. */
record MenuDeletion(Terminal terminal, MenuDesk desk, boolean yes, boolean json) {
    /** Names them, asks, deletes, and tells what became of it by the exit code. */
    int run(MenuDesk.Account account, String question) {
        AccountMenus live = WeChatSession.await(account.changes().live(account.config()));
        name(live);
        boolean isThere = !live.api().isEmpty() || live.website().isPresent();
        if (isThere && !desk.agreed(yes, question)) {
            terminal.talk("nothing was done");
            return ExitCode.FAILED;
        }
        Optional<MenuBackup> backup =
                WeChatSession.await(account.changes().delete(account.config(), Optional.of(live.hash())));
        if (json) {
            terminal.result(json(live, backup).toPrettyString());
        } else {
            terminal.result(backup.map(kept -> "All menus are deleted. " + MenuResults.before(kept))
                    .orElse("Nothing to do: there is no menu."));
        }
        return ExitCode.DONE;
    }

    private void name(AccountMenus live) {
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

    private static ObjectNode json(AccountMenus live, Optional<MenuBackup> backup) {
        ObjectNode result = Json.object().put("deleted", backup.isPresent());
        backup.ifPresent(kept -> result.put("backup", kept.id()));
        live.api().menu().ifPresent(menu -> result.set("menu", MenuJson.write(menu)));
        ArrayNode conditional = result.putArray("conditional");
        for (ConditionalMenu menu : live.api().conditional()) {
            ObjectNode gone =
                    conditional.addObject().put("menuid", menu.menuid().orElse(""));
            gone.set("matchrule", MenuJson.write(menu.matchRule()));
        }
        return result;
    }
}
