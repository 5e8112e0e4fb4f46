package io.weir.command;

import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.menu.diff.MenuPlan;
import io.weir.menu.diff.MenuPlan.QuotaLeft;
import io.weir.menu.diff.PlanJson;
import io.weir.menu.diff.PlanText;
import io.weir.menu.diff.WantedMenus;
import io.weir.menu.file.MenuFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code weir menu plan}: what publishing a file would change. */
@Command(
        name = "plan",
        header = "Show what publishing a menu file would change, and change nothing.",
        description = {
            "",
            "Each line begins with the change: + added, - removed, ~ changed, > moved, ^ unchanged, and",
            "published again. Ends with 0 when there is nothing to do, with 2 when there are changes.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir menu plan menu.yaml --conf conf/weir.yaml",
            "  weir menu plan menu.yaml --conf conf/weir.yaml --json"
        },
        sortOptions = false)
final class MenuPlanCommand extends MenuCommandSupport {
    @Parameters(paramLabel = "FILE", description = "The menu file, - for standard input.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    MenuPlanCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    @Override
    public Integer call() {
        return withMenus(this::plan);
    }

    private int plan(Account account) {
        MenuFile menus = require(file, account.config());
        WantedMenus wanted =
                wanted(menus, account, WeChatSession.await(account.images().known(account.config(), menus.images())));
        MenuPlan plan = WeChatSession.await(account.changes().plan(account.config(), wanted));
        List<QuotaLeft> quotas = WeChatSession.await(account.changes().quotas(account.config(), plan));
        if (asJson) {
            terminal.result(PlanJson.of(plan, quotas).toPrettyString());
        } else {
            PlanText.of(plan, quotas, terminal).forEach(terminal::result);
        }
        return plan.isEmpty() ? ExitCode.DONE : ExitCode.CHANGES_PENDING;
    }
}
