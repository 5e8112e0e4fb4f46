package io.weir.command;

import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.client.WeChatException;
import io.weir.menu.diff.MenuException;
import io.weir.menu.diff.MenuPlan;
import io.weir.menu.diff.MenuPlan.QuotaLeft;
import io.weir.menu.diff.PlanText;
import io.weir.menu.diff.WantedMenus;
import io.weir.menu.file.MenuFile;
import io.weir.menu.publish.MenuChanges;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir menu apply}: publishes a file. */
@Command(
        name = "apply",
        header = "Publish a menu file: change only what differs, keep a backup, and verify the result.",
        description = {
            "",
            "Shows the plan and asks; without a terminal it needs --yes. If the live menus change between the",
            "plan and your answer, Weir does nothing. Of two simultaneous changes one wins; the other is",
            "refused.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir menu apply menu.yaml --conf conf/weir.yaml",
            "  weir menu apply menu.yaml --conf conf/weir.yaml --yes --hash 6c1dd59990b5   # what was reviewed"
        },
        sortOptions = false)
final class MenuApplyCommand extends MenuCommandSupport {
    private static final int NO_SUCH_MEDIA = 40007;

    @Parameters(paramLabel = "FILE", description = "The menu file, - for standard input.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--hash",
            paramLabel = "HASH",
            description = "Only if the live menus are those of this plan; at least its first 8 characters.")
    private Optional<String> hash = Optional.empty();

    MenuApplyCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    @Override
    public Integer call() {
        if (hash.filter(given -> given.length() < MenuPlan.SHORTEST_HASH).isPresent()) {
            throw new CommandException(
                    ExitCode.USAGE, "--hash needs at least the first " + MenuPlan.SHORTEST_HASH + " characters");
        }
        return withMenus(this::apply);
    }

    private int apply(Account account) {
        MenuFile menus = require(file, account.config());
        requireBackups(account);
        MenuPlan plan = plan(menus, account);
        if (!plan.isEmpty()
                && !agreed(yes, "Apply this to account " + account.config().name() + "?")) {
            terminal.talk("nothing was done");
            return ExitCode.FAILED;
        }
        WantedMenus wanted = wanted(
                menus, account, WeChatSession.await(account.images().uploaded(account.config(), menus.images())));
        return show(publish(menus, account, wanted, plan.hash()));
    }

    private MenuPlan plan(MenuFile menus, Account account) {
        WantedMenus draft =
                wanted(menus, account, WeChatSession.await(account.images().known(account.config(), menus.images())));
        MenuPlan plan = WeChatSession.await(account.changes().plan(account.config(), draft));
        plan.require(hash);
        List<QuotaLeft> quotas = WeChatSession.await(account.changes().quotas(account.config(), plan));
        PlanText.of(plan, quotas, terminal).forEach(terminal::talk);
        if (quotas.stream().anyMatch(QuotaLeft::isTooLittle)) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "WeChat takes fewer calls today than this needs, and would stop half-way; nothing was done. The"
                            + " quotas are reset at midnight in China.");
        }
        return plan;
    }

    /** Where WeChat does not have a picture any more, the next time it is uploaded anew. */
    private MenuChanges.Applied publish(MenuFile menus, Account account, WantedMenus wanted, String agreed) {
        try {
            return WeChatSession.await(account.changes().apply(account.config(), wanted, Optional.of(agreed)));
        } catch (MenuException failure) {
            boolean isGone = failure.failure()
                    .flatMap(WeChatException::code)
                    .filter(code -> code.code() == NO_SUCH_MEDIA)
                    .isPresent();
            if (isGone && !menus.images().isEmpty()) {
                WeChatSession.await(account.images().forget(account.config(), menus.images()));
                terminal.talk("Weir will upload the pictures of the file again next time");
            }
            throw failure;
        }
    }
}
