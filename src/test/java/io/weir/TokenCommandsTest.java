package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.weir.cli.ExitCode;
import io.weir.simulator.platform.Tokens.IssuedToken;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code weir token} against a simulated WeChat, with a gateway on the machine and without. */
class TokenCommandsTest {
    @RegisterExtension
    final SimulatedShop shop = new SimulatedShop();

    @Test
    void withoutAGatewayStableModeAsksWeChatWhichChangesNothing() {
        IssuedToken before = current();

        CommandRun show = CommandRun.of("token", "show", "--conf", shop.file(shop.configuration()));

        assertThat(show.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(show.out()).contains("tokenMode stable", "WeChat, since no gateway runs here", "valid for");
        assertThat(show.out()).doesNotContain(before.value(), "fetches today");
        assertThat(current().value()).isEqualTo(before.value());
        assertThat(shop.calls(SimulatedShop.STABLE_TOKEN)).isEqualTo(1);
    }

    @Test
    void showsTheValueOnlyWhenAskedFor() {
        String file = shop.file(shop.configuration());

        CommandRun json = CommandRun.of("token", "show", "--conf", file, "--json");
        CommandRun revealed = CommandRun.of("token", "show", "--conf", file, "--json", "--reveal");

        assertThat(json.json().getJsonObject("accessToken").getInteger("expiresInSeconds"))
                .isBetween(7_000, 7_200);
        assertThat(json.out()).doesNotContain(current().value());
        assertThat(revealed.json().getString("value")).isEqualTo(current().value());
        assertThat(CommandRun.of("token", "show", "--conf", file, "--reveal").out())
                .contains(current().value());
    }

    @Test
    void classicModeTellsNothingWithoutAGatewaySinceAskingWouldEndTheToken() {
        CommandRun show = CommandRun.of("token", "show", "--conf", shop.file(classic()));

        assertThat(show.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(show.err())
                .contains("no gateway answers at 127.0.0.1:", "classic", "Run this where the gateway runs");
        assertThat(shop.calls(SimulatedShop.CLASSIC_TOKEN)).isZero();
    }

    @Test
    void classicModeFetchesOnItsOwnOnlyWhenForced() {
        String file = shop.file(classic());

        CommandRun refused = CommandRun.of("token", "refresh", "--conf", file);
        long before = shop.calls(SimulatedShop.CLASSIC_TOKEN);
        CommandRun forced = CommandRun.of("token", "refresh", "--conf", file, "--revoke");

        assertThat(refused.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(refused.err()).contains("tokenMode: classic", "without Redis", "--force");
        assertThat(before).isZero();
        assertThat(forced.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(forced.err()).contains("--revoke: the previous token", "5 minutes");
        assertThat(shop.calls(SimulatedShop.CLASSIC_TOKEN)).isEqualTo(1);
    }

    @Test
    void aForcedRefreshEndsTheFormerTokenAndSaysSo() {
        String file = shop.file(shop.configuration());
        IssuedToken before = current();

        CommandRun plain = CommandRun.of("token", "refresh", "--conf", file);
        IssuedToken afterPlain = current();
        CommandRun forced = CommandRun.of("token", "refresh", "--conf", file, "--force");

        assertThat(plain.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(plain.err()).isEmpty();
        assertThat(afterPlain.value()).isEqualTo(before.value());
        assertThat(forced.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(forced.err()).contains("invalid at once", "20 times a day");
        assertThat(current().value()).isNotEqualTo(before.value());
    }

    @Test
    void theGatewayThatRunsHereIsAskedFirst() {
        RecordedAdmin gateway = new RecordedAdmin(shop.vertx());
        String file = shop.file(shop.configuration(SimulatedShop.freePort(), gateway.port()));

        CommandRun show = CommandRun.of("token", "show", "--conf", file, "--reveal");
        CommandRun refresh = CommandRun.of("token", "refresh", "--conf", file, "--revoke", "--json");

        assertThat(show.out())
                .containsPattern("source +this instance fetched it, for all")
                .containsPattern("state +valid for 1 h 55 min")
                .containsPattern("age +5 min 0 s")
                .containsPattern("next renewal +in 1 h 50 min")
                .containsPattern("fetches today +3")
                .containsPattern("value +" + RecordedAdmin.ACCESS_TOKEN);
        assertThat(refresh.json().getJsonObject("accessToken").getInteger("fetchesToday"))
                .isEqualTo(3);
        assertThat(gateway.asked)
                .contains("POST /api/v1/accounts/shop/token/refresh {\"force\":true}")
                .contains("GET /api/v1/accounts/shop/access-token ");
        assertThat(shop.calls(SimulatedShop.STABLE_TOKEN)).isZero();
    }

    @Test
    void showsWhatWeChatHasToldTheGateway() {
        RecordedAdmin gateway = new RecordedAdmin(shop.vertx());
        gateway.state = new JsonObject()
                .put("fetchesToday", 1)
                .put("stopped", true)
                .put("pausedSeconds", 240)
                .put("lastError", new JsonObject().put("errcode", 40125).put("errmsg", "invalid appsecret"));

        CommandRun show = CommandRun.of(
                "token", "show", "--conf", shop.file(shop.configuration(SimulatedShop.freePort(), gateway.port())));

        assertThat(show.out())
                .containsPattern("state +none")
                .contains("40125 invalid appsecret", "The AppSecret is wrong.", "AppSecret 错误。")
                .contains("stopped until that is mended; tried again in 4 min 0 s");
    }

    @Test
    void saysWhatToSetWhenTheGatewayWantsItsAdminToken() {
        RecordedAdmin gateway = new RecordedAdmin(shop.vertx());
        String configuration = shop.configuration(SimulatedShop.freePort(), gateway.port());
        String open = configuration.replace(", token: \"${WEIR_ADMIN_TOKEN}\"", "");

        CommandRun none = CommandRun.of("token", "show", "--conf", shop.file(open));
        CommandRun wrong = CommandRun.with(
                Map.of("WEIR_APP_SECRET", "s", "WEIR_TOKEN", "t", "WEIR_ADMIN_TOKEN", "another"),
                "token",
                "show",
                "--conf",
                shop.file(configuration));

        assertThat(none.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(none.err()).contains("set admin: { token: \"${WEIR_ADMIN_TOKEN}\" }");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(wrong.err()).contains("does not take admin.token", "restart the gateway");
    }

    @Test
    void aWrongSecretIsExplainedInBothLanguages() {
        String file = shop.file(shop.configuration().replace("${WEIR_APP_SECRET}", "notTheSecretOfTheShop"));

        CommandRun show = CommandRun.of("token", "show", "--conf", file);

        assertThat(show.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(show.err())
                .contains("WeChat says 40125", "Copy the AppSecret from WeChat's console", "AppSecret 错误。")
                .doesNotContain("notTheSecretOfTheShop");
        assertThat(show.out()).isEmpty();
    }

    @Test
    void anApiThatIsNotThereIsUnavailable() {
        String file = shop.file(shop.configuration()
                .replace(shop.wechat().baseUri().toString(), "http://127.0.0.1:" + SimulatedShop.freePort()));

        CommandRun show = CommandRun.of("token", "show", "--conf", file);

        assertThat(show.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(show.err()).contains("no connection to 127.0.0.1", "wechat.baseUri");
    }

    @Test
    void explainsItself() {
        assertThat(CommandRun.of("token").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(CommandRun.of("token", "--help").out()).contains("show", "refresh", "Examples:");
        assertThat(CommandRun.of("token", "show", "--help").out()).contains("--reveal", "Examples:");
        assertThat(CommandRun.of("token", "refresh", "--help").out()).contains("--revoke", "20 of these a day");
    }

    private String classic() {
        return shop.configuration().replace("tokenMode: stable", "tokenMode: classic");
    }

    /** Asking for it in stable mode changes nothing. */
    private IssuedToken current() {
        return shop.wechat()
                .platform()
                .exclusively(() -> shop.account().tokens().fetchStable(false));
    }
}
