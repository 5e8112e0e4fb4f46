package io.weir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.CommonOptions;
import io.weir.cli.ExitCode;
import io.weir.cli.Table;
import io.weir.cli.Terminal;
import io.weir.client.Json;
import io.weir.menu.MenuBackup;
import io.weir.menu.MenuPlan;
import io.weir.menu.PlanText;
import io.weir.menu.Rollback;
import io.weir.menu.WantedMenus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir menu rollback}: publishes menus as they were. */
@Command(
        name = "rollback",
        header = "Publish the menus as they were before a change.",
        description = {
            "",
            "Each change keeps what was before it, a rollback too: so the next rollback undoes this one.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir menu rollback --conf conf/weir.yaml            # undo the last change",
            "  weir menu rollback --conf conf/weir.yaml --list",
            "  weir menu rollback --conf conf/weir.yaml --to 20261120T142233123Z-1a2b3c4d --yes"
        },
        sortOptions = false)
final class MenuRollbackCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final MenuDesk desk;
    private final MenuResults results;

    @Option(names = "--to", paramLabel = "ID", description = "The backup, or how its id begins. Default: the newest.")
    private Optional<String> to = Optional.empty();

    @Option(names = "--list", description = "Only tell which backups there are.")
    private boolean list;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Mixin
    private final CommonOptions options = new CommonOptions();

    MenuRollbackCommand(Terminal terminal, MenuDesk desk) {
        this.terminal = terminal;
        this.desk = desk;
        this.results = new MenuResults(terminal);
    }

    @Override
    public Integer call() {
        return desk.with(options, this::rollback);
    }

    private int rollback(MenuDesk.Account account) {
        List<MenuBackup> backups = WeChatSession.await(account.changes().backups(account.config()));
        if (list) {
            return show(backups);
        }
        Rollback rollback = Rollback.to(to, backups);
        if (!rollback.lost().isEmpty()) {
            terminal.talk(
                    rollback.lost().size() + " personalised menus of the backup have rules that WeChat takes no more"
                            + " (65320) and that match nobody; they are left out");
        }
        return rollback.wanted()
                .map(wanted -> publish(account, rollback.backup(), wanted))
                .orElseGet(() -> delete(account, rollback.backup()));
    }

    private int publish(MenuDesk.Account account, MenuBackup backup, WantedMenus wanted) {
        MenuPlan plan = WeChatSession.await(account.changes().plan(account.config(), wanted));
        PlanText.of(plan, List.of(), terminal).forEach(terminal::talk);
        if (!plan.isEmpty() && !desk.agreed(yes, "Roll back to " + backup.id() + "?")) {
            terminal.talk("nothing was done");
            return ExitCode.FAILED;
        }
        return results.show(
                WeChatSession.await(account.changes().apply(account.config(), wanted, Optional.of(plan.hash()))),
                options.json());
    }

    private int delete(MenuDesk.Account account, MenuBackup backup) {
        if (!desk.agreed(yes, "Before " + backup.id() + " there was no menu. Delete all menus?")) {
            terminal.talk("nothing was done");
            return ExitCode.FAILED;
        }
        return results.deleted(
                WeChatSession.await(account.changes().delete(account.config(), Optional.empty())), options.json());
    }

    private int show(List<MenuBackup> backups) {
        if (options.json()) {
            ObjectNode json = Json.object();
            ArrayNode all = json.putArray("backups");
            backups.forEach(backup -> all.addObject()
                    .put("id", backup.id())
                    .put("time", backup.time().toString())
                    .put("hash", backup.hash())
                    .put("summary", backup.summary()));
            terminal.result(json.toPrettyString());
        } else {
            Table table = new Table();
            backups.forEach(backup -> table.row(backup.id(), backup.summary()));
            table.lines().forEach(terminal::result);
        }
        return ExitCode.DONE;
    }
}
