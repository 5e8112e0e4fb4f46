package io.weir.command;

import io.vertx.core.Future;
import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.client.SharedCredentials;
import io.weir.client.admin.AdminException;
import io.weir.client.admin.AdminException.Kind;
import io.weir.command.BaseCommand.WeChatCommand;
import io.weir.config.AccountConfig;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir token show}: how the credentials of an account are; the value only when asked for. */
@Command(
        name = "show",
        header = "Show how an account's access_token is: its state, age, source, next renewal, fetches today.",
        description = {
            "",
            "Asks the gateway that runs on this machine. Without one, in stable mode, it asks WeChat, which",
            "changes nothing. In classic mode only a fetch would tell, and that ends the token: nothing is",
            "shown.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir token show --conf conf/weir.yaml",
            "  weir token show --conf conf/weir.yaml --account main --json",
            "  weir token show --conf conf/weir.yaml --reveal      # the value: as good as a password"
        },
        sortOptions = false)
final class TokenShowCommand extends WeChatCommand {
    @Option(names = "--reveal", description = "Print the value of the access_token as well.")
    private boolean reveal;

    TokenShowCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    @Override
    public Integer call() {
        return withWeChat(false, this::show);
    }

    private int show(WeChatSession session, AccountConfig account) {
        try {
            TokenReport report = WeChatSession.await(report(session, account));
            terminal.result(asJson ? report.json() : report.text(terminal));
            return ExitCode.DONE;
        } catch (AdminException failure) {
            throw failure.kind() == Kind.HARMFUL ? unknown(session, account) : failure;
        }
    }

    private Future<TokenReport> report(WeChatSession session, AccountConfig account) {
        return session.gateway()
                .states(account.name())
                .map(states -> TokenReport.ofGateway(account, session.gateway().address(), states))
                .compose(report -> reveal
                        ? session.tokens().current(account.name()).map(report::revealing)
                        : Future.succeededFuture(report))
                .recover(failure -> isAbsent(failure) ? alone(session, account) : Future.failedFuture(failure));
    }

    private Future<TokenReport> alone(WeChatSession session, AccountConfig account) {
        return session.alone().isHarmless(account.name())
                ? asWeChatSays(session, account)
                : session.alone()
                        .asOneOfTheFleet(keeper -> asShared(keeper, account), () -> asWeChatSays(session, account));
    }

    private Future<TokenReport> asShared(SharedCredentials keeper, AccountConfig account) {
        return keeper.current(account.name(), TokenReport.KIND)
                .compose(token -> keeper.states(account.name())
                        .map(states -> TokenReport.ofStore(account, states))
                        .map(report -> reveal ? report.revealing(token) : report));
    }

    private Future<TokenReport> asWeChatSays(WeChatSession session, AccountConfig account) {
        return session.alone()
                .issue(account.name(), false)
                .map(issued -> TokenReport.ofWeChat(account, issued.life())
                        .revealing(Optional.of(issued.value()).filter(value -> reveal)));
    }

    private static boolean isAbsent(Throwable failure) {
        return failure instanceof AdminException known && known.kind() == Kind.ABSENT;
    }

    private static CommandException unknown(WeChatSession session, AccountConfig account) {
        return new CommandException(
                ExitCode.UNAVAILABLE,
                "no gateway answers at " + session.gateway().address().authority() + ", and in classic mode nobody else"
                        + " knows how the token of account " + account.name()
                        + " is: WeChat would only give a new one, which ends it.\nRun this where the gateway runs");
    }
}
