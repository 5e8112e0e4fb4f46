package io.weir.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.ExitCode;
import io.weir.cli.Table;
import io.weir.cli.Terminal;
import io.weir.client.Json;
import io.weir.client.calls.NetworkCalls;
import io.weir.client.calls.NetworkCalls.NetworkCheck;
import io.weir.client.calls.NetworkCalls.NetworkCheck.Action;
import io.weir.client.calls.NetworkCalls.NetworkCheck.Operator;
import io.weir.command.BaseCommand.ForceOption;
import io.weir.command.BaseCommand.WeChatCommand;
import io.weir.config.AccountConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir net check}: lets WeChat look at the push URL that is set in its console. */
@Command(
        name = "check",
        header = "Let WeChat check the way to the push URL that is set in the account's console (callback/check).",
        description = {
            "",
            "WeChat looks up the URL's host name and sends each address one packet (ping). Ends with 1 when the",
            "name leads to no address.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir net check --conf conf/weir.yaml",
            "  weir net check --conf conf/weir.yaml --action ping --operator UNICOM",
            "  weir net check --conf conf/weir.yaml --json",
        },
        sortOptions = false)
final class NetCheckCommand extends WeChatCommand {
    @Option(names = "--action", paramLabel = "WHAT", description = "all, dns or ping. Default: all.")
    private Action action = Action.ALL;

    @Option(
            names = "--operator",
            paramLabel = "NETWORK",
            description = "From where: DEFAULT, CHINANET (电信), UNICOM (联通) or CAP (腾讯). Default: DEFAULT.")
    private Operator operator = Operator.DEFAULT;

    @Mixin
    private final ForceOption force = new ForceOption();

    NetCheckCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    @Override
    public Integer call() {
        return withWeChat(force.given(), this::check);
    }

    private int check(WeChatSession session, AccountConfig account) {
        NetworkCheck found =
                WeChatSession.await(new NetworkCalls(session.client()).check(account.name(), action, operator));
        if (asJson) {
            terminal.result(json(account, found));
        } else {
            print(found);
        }
        return action != Action.PING && found.dns().isEmpty() ? ExitCode.FAILED : ExitCode.DONE;
    }

    private void print(NetworkCheck found) {
        if (action != Action.PING) {
            Table dns = new Table().row("DNS", "ADDRESS", "NETWORK");
            found.dns()
                    .forEach(each -> dns.row("", each.ip(), each.realOperator().orElse("")));
            dns.lines().forEach(terminal::result);
        }
        if (action != Action.DNS) {
            Table ping = new Table().row("PING", "ADDRESS", "FROM", "LOSS", "TIME");
            found.ping().forEach(each -> row(ping, each));
            ping.lines().forEach(terminal::result);
        }
        if (action != Action.PING && found.dns().isEmpty()) {
            terminal.talk("The host name of the URL leads to no address: check its DNS entry.");
        }
        if (found.isPingLost()) {
            terminal.talk(NetworkCheck.PING_LOST);
        }
    }

    private static void row(Table table, NetworkCheck.Ping ping) {
        table.row(
                "",
                ping.ip(),
                ping.fromOperator().orElse(""),
                ping.packageLoss().orElse(""),
                ping.time().orElse(""));
    }

    private static String json(AccountConfig account, NetworkCheck found) {
        ObjectNode json = Json.object().put("account", account.name());
        ArrayNode dns = json.putArray("dns");
        for (NetworkCheck.Dns each : found.dns()) {
            ObjectNode item = dns.addObject().put("ip", each.ip());
            each.realOperator().ifPresent(name -> item.put("realOperator", name));
        }
        ArrayNode pings = json.putArray("ping");
        for (NetworkCheck.Ping each : found.ping()) {
            ObjectNode item = pings.addObject().put("ip", each.ip());
            each.fromOperator().ifPresent(name -> item.put("fromOperator", name));
            each.packageLoss().ifPresent(loss -> item.put("packageLoss", loss));
            each.time().ifPresent(time -> item.put("time", time));
        }
        return json.toPrettyString();
    }
}
