package io.weir.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.ExitCode;
import io.weir.cli.Table;
import io.weir.cli.Terminal;
import io.weir.client.Json;
import io.weir.menu.diff.MenuPlan;
import io.weir.menu.diff.PlanText;
import io.weir.menu.diff.WantedMenus;
import io.weir.menu.publish.MenuBackup;
import io.weir.menu.publish.Rollback;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir menu rollback}: publishes menus as they were. */
@Command(
        name = "rollback",
        header = "Publish the menus as they were before a change.",
        description = {
            "",
            "Each change keeps a backup of the menus before it, a rollback too: the next rollback undoes this",
            "one.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir menu rollback --conf conf/weir.yaml            # undo the last change",
            "  weir menu rollback --conf conf/weir.yaml --list",
            "  weir menu rollback --conf conf/weir.yaml --to 20261120T142233123Z-1a2b3c4d --yes"
        },
        sortOptions = false)
final class MenuRollbackCommand extends MenuCommandSupport {
    @Option(names = "--to", paramLabel = "ID", description = "The backup, or how its id begins. Default: the newest.")
    private Optional<String> to = Optional.empty();

    @Option(names = "--list", description = "List the backups and change nothing.")
    private boolean list;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    MenuRollbackCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    @Override
    public Integer call() {
        return withMenus(this::rollback);
    }

    private int rollback(Account account) {
        List<MenuBackup> backups = WeChatSession.await(account.changes().backups(account.config()));
        if (list) {
            return show(backups);
        }
        Rollback rollback = Rollback.to(to, backups);
        if (!rollback.lost().isEmpty()) {
            int lost = rollback.lost().size();
            terminal.talk(lost + " personalised menu" + (lost == 1 ? "" : "s") + " of the backup "
                    + (lost == 1 ? "has a rule" : "have rules")
                    + " that WeChat takes no more (65320) and that matches nobody: left out");
        }
        return rollback.wanted()
                .map(wanted -> publish(account, rollback.backup(), wanted))
                .orElseGet(() -> deleteAll(
                        account, yes, "Before " + rollback.backup().id() + " there was no menu. Delete all of this?"));
    }

    private int publish(Account account, MenuBackup backup, WantedMenus wanted) {
        requireBackups(account);
        MenuPlan plan = WeChatSession.await(account.changes().plan(account.config(), wanted));
        PlanText.of(plan, List.of(), terminal).forEach(terminal::talk);
        if (plan.isEmpty()) {
            terminal.talk("backup " + backup.id() + " is what is live; weir menu rollback --list tells the others");
        }
        if (!plan.isEmpty() && !agreed(yes, "Roll back to " + backup.id() + "?")) {
            terminal.talk("nothing was done");
            return ExitCode.FAILED;
        }
        return show(WeChatSession.await(account.changes().apply(account.config(), wanted, Optional.of(plan.hash()))));
    }

    private int show(List<MenuBackup> backups) {
        if (asJson) {
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
