package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.weir.cli.ExitCode;
import io.weir.simulator.api.ApiFault;
import io.weir.simulator.platform.NetworkAnswers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code weir net} against a simulated WeChat. */
class NetCommandsTest {
    private static final String CHECK = "/cgi-bin/callback/check";

    @RegisterExtension
    final SimulatedShop shop = new SimulatedShop();

    @Test
    void listsWeChatsAddresses() {
        String file = shop.file(shop.configuration());

        CommandRun text = CommandRun.of("net", "ips", "--conf", file);
        CommandRun json = CommandRun.of("net", "ips", "--conf", file, "--json");

        assertThat(text.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(text.out())
                .contains(
                        "pushes come from (getcallbackip)\n  127.0.0.1\n",
                        "  203.0.113.128/25\n",
                        "  2001:db8:1::/48\n")
                .contains("the API is at (get_api_domain_ip)\n", "  198.51.100.7\n");
        assertThat(json.json().getJsonArray("callbackIps")).hasSize(4).contains("203.0.113.7");
        assertThat(json.json().getJsonArray("apiIps")).hasSize(3).contains("2001:db8:2::7");
    }

    @Test
    void showsHowWeChatFindsThePushUrl() {
        CommandRun check = CommandRun.of("net", "check", "--conf", shop.file(shop.configuration()));

        assertThat(check.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(check.out()).isEqualTo("""
                DNS   ADDRESS      NETWORK
                      192.0.2.10   UNICOM
                      192.0.2.11   UNICOM
                PING   ADDRESS      FROM   LOSS   TIME
                       192.0.2.10   CAP    0%     23.079ms
                       192.0.2.11   CAP    0%     21.434ms
                """);
        assertThat(check.err()).isEmpty();
    }

    @Test
    void asksForOnePartFromOneNetwork() {
        CommandRun ping = CommandRun.of(
                "net",
                "check",
                "--conf",
                shop.file(shop.configuration()),
                "--action",
                "ping",
                "--operator",
                "CHINANET",
                "--json");

        assertThat(ping.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(ping.json().getJsonArray("dns")).isEmpty();
        assertThat(ping.json().getJsonArray("ping").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("ip", "192.0.2.10")
                        .put("fromOperator", "CAP")
                        .put("packageLoss", "0%")
                        .put("time", "23.079ms"));
    }

    @Test
    void explainsALostPing() {
        answers(List.of(new NetworkAnswers.Resolved("192.0.2.10", "CAP")));

        CommandRun check = CommandRun.of("net", "check", "--conf", shop.file(shop.configuration()));

        assertThat(check.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(check.out()).contains("192.0.2.10   CAP    100%");
        assertThat(check.err()).contains("one packet", "drops ICMP", "Pushes come by TCP");
    }

    @Test
    void aNameThatLeadsNowhereIsAFailure() {
        answers(List.of());

        CommandRun check = CommandRun.of("net", "check", "--conf", shop.file(shop.configuration()), "--action", "dns");

        assertThat(check.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(check.err()).contains("leads to no address", "DNS entry");
    }

    @Test
    void aUrlThatIsNotSetIsExplained() {
        shop.wechat().platform().exclusively(() -> {
            shop.account().network(NetworkAnswers.DEFAULT.urlSet(false));
            return true;
        });

        CommandRun check = CommandRun.of("net", "check", "--conf", shop.file(shop.configuration()));

        assertThat(check.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(check.err()).contains("40201", "Set the server URL in WeChat's console", "回调 URL");
    }

    @Test
    void wrongOptionsAreUsage() {
        String file = shop.file(shop.configuration());

        CommandRun operator = CommandRun.of("net", "check", "--conf", file, "--operator", "MOBILE");
        CommandRun account = CommandRun.of("net", "ips", "--conf", file, "--account", "club");

        assertThat(operator.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(operator.err()).contains("--operator", "CHINANET", "MOBILE");
        assertThat(account.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(account.err()).contains("there is no account club", "shop");
        assertThat(CommandRun.of("net").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aRefusedTokenOfTheGatewayIsReportedAndTheCallRepeated() {
        RecordedAdmin gateway = new RecordedAdmin(shop.vertx());
        String file = shop.file(shop.configuration(SimulatedShop.freePort(), gateway.port()));

        CommandRun ips = CommandRun.of("net", "ips", "--conf", file);

        assertThat(ips.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(gateway.asked)
                .contains("POST /api/v1/accounts/shop/access-token/refused {\"token\":\"" + RecordedAdmin.ACCESS_TOKEN
                        + "\"}");
        assertThat(ips.err()).contains("There is no such account").doesNotContain(RecordedAdmin.ACCESS_TOKEN);
    }

    @Test
    void aGatewayThatKeepsItsTokenIsNoObstacleInStableMode() {
        RecordedAdmin gateway = new RecordedAdmin(shop.vertx());
        String open = shop.configuration(SimulatedShop.freePort(), gateway.port())
                .replace(", token: \"${WEIR_ADMIN_TOKEN}\"", "");

        CommandRun stable = CommandRun.of("net", "ips", "--conf", shop.file(open));
        CommandRun classic = CommandRun.of(
                "net", "ips", "--conf", shop.file(open.replace("tokenMode: stable", "tokenMode: classic")), "--force");

        assertThat(stable.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(stable.err()).contains("set admin: { token:").containsOnlyOnce("WeChat is asked instead");
        assertThat(classic.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(classic.err()).contains("set admin: { token:");
        assertThat(shop.calls(SimulatedShop.CLASSIC_TOKEN)).isZero();
    }

    @Test
    void garbageInPlaceOfAnAnswerIsUnavailable() {
        shop.wechat().apiFaults().always(CHECK, new ApiFault.Html());

        CommandRun check = CommandRun.of("net", "check", "--conf", shop.file(shop.configuration()));

        assertThat(check.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(check.err()).contains("expected WeChat's JSON", "wechat.baseUri");
    }

    private void answers(List<NetworkAnswers.Resolved> resolved) {
        NetworkAnswers answers = new NetworkAnswers(
                List.of(),
                List.of(),
                true,
                resolved,
                List.of(new NetworkAnswers.Pinged("192.0.2.10", "CAP", "100%", "")));
        shop.wechat().platform().exclusively(() -> {
            shop.account().network(answers);
            return true;
        });
    }
}
