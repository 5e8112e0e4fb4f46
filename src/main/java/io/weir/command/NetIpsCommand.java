package io.weir.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.client.Json;
import io.weir.client.calls.NetworkCalls;
import io.weir.command.BaseCommand.ForceOption;
import io.weir.command.BaseCommand.WeChatCommand;
import io.weir.config.AccountConfig;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weir net ips}: WeChat's addresses, for firewalls. */
@Command(
        name = "ips",
        header = "List WeChat's addresses: where pushes come from, and where its API is.",
        description = {
            "",
            "Addresses and CIDR ranges (getcallbackip, get_api_domain_ip). They change: ask daily, and let no",
            "firewall depend on yesterday's list alone.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir net ips --conf conf/weir.yaml",
            "  weir net ips --conf conf/weir.yaml --json",
        },
        sortOptions = false)
final class NetIpsCommand extends WeChatCommand {
    @Mixin
    private final ForceOption force = new ForceOption();

    NetIpsCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    @Override
    public Integer call() {
        return withWeChat(force.given(), this::list);
    }

    private int list(WeChatSession session, AccountConfig account) {
        NetworkCalls network = new NetworkCalls(session.client());
        List<String> pushes = WeChatSession.await(network.callbackIps(account.name()));
        List<String> api = WeChatSession.await(network.apiIps(account.name()));
        if (asJson) {
            ObjectNode json = Json.object().put("account", account.name());
            pushes.forEach(json.putArray("callbackIps")::add);
            api.forEach(json.putArray("apiIps")::add);
            terminal.result(json.toPrettyString());
        } else {
            print("pushes come from (getcallbackip)", pushes);
            print("the API is at (get_api_domain_ip)", api);
        }
        return ExitCode.DONE;
    }

    private void print(String title, List<String> addresses) {
        terminal.result(terminal.paint(Terminal.Colour.STRONG, title));
        addresses.forEach(address -> terminal.result("  " + Terminal.harmless(address)));
    }
}
