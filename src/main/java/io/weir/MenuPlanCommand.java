package io.weir;

import io.weir.cli.CommonOptions;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.menu.MenuFile;
import io.weir.menu.MenuPlan;
import io.weir.menu.PlanJson;
import io.weir.menu.PlanText;
import io.weir.menu.QuotaLeft;
import io.weir.menu.WantedMenus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weir menu plan}: what publishing a file would change. */
@Command(
        name = "plan",
        header = "Show what publishing a menu file would change, and change nothing.",
        description = {
            "",
            "Each line begins with what becomes of it: + added, - removed, ~ changed, > moved, ^ the same but",
            "published anew. Ends with 0 when there is nothing to do, with 2 when there is.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir menu plan menu.yaml --conf conf/weir.yaml",
            "  weir menu plan menu.yaml --conf conf/weir.yaml --json"
        },
        sortOptions = false)
final class MenuPlanCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final MenuDesk desk;

    @Parameters(paramLabel = "FILE", description = "The menu file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Mixin
    private final CommonOptions options = new CommonOptions();

    MenuPlanCommand(Terminal terminal, MenuDesk desk) {
        this.terminal = terminal;
        this.desk = desk;
    }

    @Override
    public Integer call() {
        return desk.with(options, this::plan);
    }

    private int plan(MenuDesk.Account account) {
        MenuFile menus = desk.require(file, options, account.config());
        WantedMenus wanted = desk.wanted(
                menus, account, WeChatSession.await(account.images().known(account.config(), menus.images())));
        MenuPlan plan = WeChatSession.await(account.changes().plan(account.config(), wanted));
        List<QuotaLeft> quotas = WeChatSession.await(account.changes().quotas(account.config(), plan));
        if (options.json()) {
            terminal.result(PlanJson.of(plan, quotas).toPrettyString());
        } else {
            PlanText.of(plan, quotas, terminal).forEach(terminal::result);
        }
        return plan.isEmpty() ? ExitCode.DONE : ExitCode.CHANGES_PENDING;
    }
}
