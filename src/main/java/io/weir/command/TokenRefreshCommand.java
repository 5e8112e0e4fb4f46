package io.weir.command;

import io.vertx.core.Future;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.client.SharedCredentials;
import io.weir.client.admin.AdminException;
import io.weir.client.admin.AdminException.Kind;
import io.weir.command.BaseCommand.WeChatCommand;
import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir token refresh}: fetches the access_token anew. */
@Command(
        name = "refresh",
        header = "Renew an account's access_token, through the gateway that runs on this machine.",
        description = {
            "",
            "In stable mode WeChat gives the same token again as long as it is valid, and only --revoke ends it:",
            "the previous one is invalid at once, for everybody who holds it. For a token that has leaked;",
            "WeChat allows 20 of these a day, 30 s apart. In classic mode a refresh gives a new token, and the",
            "previous lasts about 5 minutes more; without a running gateway and without Redis that needs",
            "--revoke.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir token refresh --conf conf/weir.yaml",
            "  weir token refresh --conf conf/weir.yaml --account main --revoke",
        },
        sortOptions = false)
final class TokenRefreshCommand extends WeChatCommand {
    @Option(names = "--revoke", description = "End the present token for everybody who holds it.")
    private boolean revoke;

    /** What {@code --revoke} was called in 0.1.0; elsewhere it is another permission. */
    @Option(names = "--force", hidden = true)
    @SuppressWarnings("UnusedMethod") // picocli calls it
    private void force(boolean given) {
        revoke |= given;
    }

    TokenRefreshCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    @Override
    public Integer call() {
        return withWeChat(revoke, this::refresh);
    }

    private int refresh(WeChatSession session, AccountConfig account) {
        if (revoke) {
            terminal.talk(warning(account));
        }
        TokenReport report = WeChatSession.await(report(session, account));
        terminal.result(asJson ? report.json() : report.text(terminal));
        return ExitCode.DONE;
    }

    private Future<TokenReport> report(WeChatSession session, AccountConfig account) {
        return session.gateway()
                .refresh(account.name(), revoke)
                .compose(done -> session.gateway().states(account.name()))
                .map(states -> TokenReport.ofGateway(account, session.gateway().address(), states))
                .recover(failure -> failure instanceof AdminException known && known.kind() == Kind.ABSENT
                        ? alone(session, account)
                        : Future.failedFuture(failure));
    }

    /** Where a fetch ends the previous token, the other instances should get the next one without a refusal. */
    private Future<TokenReport> alone(WeChatSession session, AccountConfig account) {
        boolean harmless = session.alone().isHarmless(account.name()) && !revoke;
        return harmless
                ? atWeChat(session, account)
                : session.alone().asOneOfTheFleet(keeper -> shared(keeper, account), () -> atWeChat(session, account));
    }

    private Future<TokenReport> shared(SharedCredentials keeper, AccountConfig account) {
        return keeper.renew(account.name(), TokenReport.KIND, revoke)
                .compose(token -> keeper.states(account.name()))
                .map(states -> TokenReport.ofStore(account, states));
    }

    private Future<TokenReport> atWeChat(WeChatSession session, AccountConfig account) {
        return session.alone()
                .issue(account.name(), revoke)
                .map(issued -> TokenReport.ofWeChat(account, issued.life()));
    }

    private static String warning(AccountConfig account) {
        return account.tokenMode() == TokenMode.STABLE
                ? "--revoke: the previous token of account " + account.name()
                        + " is invalid at once, wherever it is held;"
                        + " WeChat allows this 20 times a day, 30 s apart."
                : "--revoke: the previous token of account " + account.name()
                        + " lasts about 5 minutes more; who keeps it"
                        + " without a gateway must fetch, too. WeChat allows 2,000 fetches a day.";
    }
}
