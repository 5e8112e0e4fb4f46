package io.weir;

import io.weir.cli.CommonOptions;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.menu.MenuFile;
import io.weir.menu.MenuPlan;
import io.weir.menu.PlanText;
import io.weir.menu.QuotaLeft;
import io.weir.menu.WantedMenus;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir menu apply}: publishes a file. */
@Command(
        name = "apply",
        header = "Publish a menu file: only what has changed, with a backup before and a look at the result after.",
        description = {
            "",
            "Shows the plan and asks; without a terminal it needs --yes. What changes on WeChat's side between the",
            "plan and the answer is noticed, and nothing is done then. Two at once: one wins, the other is refused.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir menu apply menu.yaml --conf conf/weir.yaml",
            "  weir menu apply menu.yaml --conf conf/weir.yaml --yes --hash 3f2a91c04be1   # exactly what was reviewed"
        },
        sortOptions = false)
final class MenuApplyCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final MenuDesk desk;
    private final MenuResults results;

    @Parameters(paramLabel = "FILE", description = "The menu file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--hash",
            paramLabel = "HASH",
            description = "Only if the live menus are those of this plan; at least its first 8 characters.")
    private Optional<String> hash = Optional.empty();

    @Mixin
    private final CommonOptions options = new CommonOptions();

    MenuApplyCommand(Terminal terminal, MenuDesk desk) {
        this.terminal = terminal;
        this.desk = desk;
        this.results = new MenuResults(terminal);
    }

    @Override
    public Integer call() {
        return desk.with(options, this::apply);
    }

    private int apply(MenuDesk.Account account) {
        MenuFile menus = desk.require(file, options, account.config());
        WantedMenus draft = desk.wanted(
                menus, account, WeChatSession.await(account.images().known(account.config(), menus.images())));
        MenuPlan plan = WeChatSession.await(account.changes().plan(account.config(), draft));
        List<QuotaLeft> quotas = WeChatSession.await(account.changes().quotas(account.config(), plan));
        PlanText.of(plan, quotas, terminal).forEach(terminal::talk);
        if (!plan.isEmpty()
                && !desk.agreed(yes, "Apply this to account " + account.config().name() + "?")) {
            terminal.talk("nothing was done");
            return ExitCode.FAILED;
        }
        Optional<String> agreed = hash.or(() -> Optional.of(plan.hash()));
        WantedMenus wanted = desk.wanted(
                menus, account, WeChatSession.await(account.images().uploaded(account.config(), menus.images())));
        return results.show(
                WeChatSession.await(account.changes().apply(account.config(), wanted, agreed)), options.json());
    }
}
