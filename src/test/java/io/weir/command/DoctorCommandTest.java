package io.weir.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.weir.CommandRun;
import io.weir.Gateway;
import io.weir.RecordedAdmin;
import io.weir.Secrets;
import io.weir.SimulatedShop;
import io.weir.cli.ExitCode;
import io.weir.config.Environment;
import io.weir.http.Runtimes;
import io.weir.simulator.api.ApiFault;
import io.weir.simulator.platform.NetworkAnswers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code weir doctor} against a simulated WeChat that has each illness once. */
class DoctorCommandTest {
    @RegisterExtension
    final SimulatedShop shop = new SimulatedShop();

    @Test
    void findsNothingWrongBesideAGatewayThatDoesNotRun() {
        CommandRun doctor = doctor(shop.configuration());

        assertThat(doctor.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(doctor.out())
                .containsPattern("ok +configuration +.*weir.yaml has no problem")
                .containsPattern("ok +dns +127.0.0.1 is an address")
                .containsPattern("ok +wechat and clock +127.0.0.1 answers in .* ms; .*right to ")
                .containsPattern("warn +gateway +no gateway runs on this machine: nothing listens at 127.0.0.1:")
                .containsPattern("ok +credentials \\(shop\\) +WeChat takes appId, appSecret")
                .containsPattern("ok +callback ips \\(shop\\) +pushes come from 127.0.0.1, .* and 1 more")
                .containsPattern("ok +callback check \\(shop\\) +.* at 192.0.2.10 \\(UNICOM\\), 192.0.2.11")
                .containsPattern("warn +push url \\(shop\\) +nothing listens at http://127.0.0.1:")
                .containsPattern("ok +machine +the disk of .* has \\d+ MiB left")
                .containsPattern("(ok|warn) +machine +a process of this shell may open \\d+ files")
                .containsPattern("0 failed, [23] warnings, [78] ok, 1 skipped\n$");
        assertThat(doctor.err()).isEmpty();
        assertThat(shop.calls(SimulatedShop.STABLE_TOKEN)).isEqualTo(1);
    }

    @Test
    void tellsProgramsTheSame() {
        CommandRun doctor = CommandRun.of("doctor", "--conf", shop.file(shop.configuration()), "--json");

        JsonObject told = doctor.json();
        assertThat(told.getBoolean("ok")).isTrue();
        assertThat(told.getInteger("warnings")).isIn(2, 3);
        assertThat(check(told, "wechat and clock"))
                .containsEntry("level", "ok")
                .containsEntry("secondsAhead", 0)
                .containsKey("millis");
        assertThat(check(told, "gateway").get("fix")).asString().contains("weir serve");
        assertThat(check(told, "credentials")).containsEntry("account", "shop").containsEntry("level", "ok");
    }

    @Test
    void aWrongSecretIsNamedWithItsRemedy() {
        CommandRun doctor = doctor(shop.configuration().replace("${WEIR_APP_SECRET}", "notTheSecretOfTheShop"));

        assertThat(doctor.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(doctor.out())
                .containsPattern("fail +credentials \\(shop\\) +WeChat says 40125 .*: The AppSecret is wrong\n")
                .containsPattern("do +Copy the AppSecret from WeChat's console")
                .contains("AppSecret 错误。")
                .containsPattern("skip +callback ips \\(shop\\) +needs a token, see credentials")
                .containsPattern("skip +callback check \\(shop\\) ")
                .containsPattern("skip +public url \\(shop\\) +push.publicUrl is not set, .* on this machine only")
                .doesNotContain("notTheSecretOfTheShop")
                .containsPattern("1 failed, [23] warnings, [45] ok, 3 skipped\n$");
    }

    @Test
    void anAddressOutsideTheWhitelistIsNamed() {
        shop.wechat().platform().exclusively(() -> {
            shop.account().register(shop.account().registration().whitelist(Set.of("203.0.113.99")));
            return true;
        });
        String file = shop.file(shop.configuration());

        CommandRun doctor = CommandRun.of("doctor", "--conf", file);
        CommandRun json = CommandRun.of("doctor", "--conf", file, "--json");

        assertThat(doctor.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(doctor.out())
                .containsPattern("fail +credentials \\(shop\\) +WeChat says 40164 ")
                .contains("expected  127.0.0.1 in the account's IP whitelist (IP白名单)")
                .containsPattern("do +Add that address in WeChat's console");
        assertThat(check(json.json(), "credentials"))
                .containsEntry("errcode", 40164)
                .containsEntry("address", "127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "45,   warn, '4[0-9] s behind WeChat.s', 0",
        "-45,  warn, '4[0-9] s ahead of WeChat.s', 0",
        "1200, fail, '(119|120)[0-9] s behind WeChat.s, so every push is refused', 1"
    })
    void aClockThatIsWrongIsMeasured(int offsetSeconds, String level, String words, int exitCode) {
        shop.wechat().time().offset(Duration.ofSeconds(offsetSeconds));

        CommandRun doctor = doctor(shop.configuration());

        assertThat(doctor.out())
                .containsPattern(level + " +wechat and clock +.*" + words)
                .contains("by NTP");
        assertThat(doctor.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void anApiThatHangsEndsWithinTheLimits() {
        shop.wechat().apiFaults().always("*", new ApiFault.Hang());

        CommandRun doctor = doctor(shop.configuration().replace("timeout: 5s", "timeout: 1s"));

        assertThat(doctor.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(doctor.out())
                .containsPattern("fail +wechat and clock +no answer (for|to) GET ")
                .containsPattern("fail +credentials \\(shop\\) +no answer to ");
    }

    @Test
    void anApiThatIsNotThereIsTold() {
        String configuration = shop.configuration()
                .replace(shop.wechat().baseUri().toString(), "http://127.0.0.1:" + SimulatedShop.freePort());

        CommandRun doctor = doctor(configuration);

        assertThat(doctor.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(doctor.out())
                .containsPattern("fail +wechat and clock +no connection to 127.0.0.1 .*: nothing listens there\n")
                .containsPattern("fail +credentials \\(shop\\) +no connection to 127.0.0.1");
    }

    @Test
    void aHostWithoutAddressIsTold() {
        String configuration =
                shop.configuration().replace(shop.wechat().baseUri().toString(), "http://weir-doctor.invalid");

        CommandRun doctor = doctor(configuration);

        assertThat(doctor.out())
                .containsPattern("fail +dns +the host weir-doctor.invalid has no address")
                .containsPattern("do +Compare wechat.baseUri");
    }

    @Test
    void aPushUrlThatIsNotSetAndOneThatLeadsNowhereAreTold() {
        network(NetworkAnswers.DEFAULT.urlSet(false));
        assertThat(doctor(shop.configuration()).out())
                .containsPattern("fail +callback check \\(shop\\) +WeChat says 40201 ");

        network(new NetworkAnswers(List.of("127.0.0.1"), List.of(), true, List.of(), List.of()));
        assertThat(doctor(shop.configuration()).out())
                .containsPattern(
                        "fail +callback check \\(shop\\) +WeChat finds no address for the host of the push URL");
    }

    @Test
    void aGatewayThatRunsIsAskedAndItsPushUrlTried() {
        RecordedAdmin admin = new RecordedAdmin(shop.vertx());
        Vertx vertx = Runtimes.vertx();
        try {
            Gateway gateway = gateway(vertx);
            CommandRun doctor = doctor(shop.configuration(gateway.pushPort(), admin.port()));

            assertThat(doctor.out())
                    .containsPattern("ok +gateway +a gateway is ready at 127.0.0.1:" + admin.port())
                    .containsPattern("ok +push url \\(shop\\) +.*/wx/shop takes the Token of this configuration")
                    .containsPattern("0 failed, [01] warnings, (9|10) ok, 1 skipped\n$");

            CommandRun other = doctor(
                    shop.configuration(gateway.pushPort(), admin.port()).replace("${WEIR_TOKEN}", "${WEIR_OLD_TOKEN}"));

            assertThat(other.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(other.out())
                    .containsPattern("fail +push url \\(shop\\) +.* refuses a request .* Token \\(403\\)")
                    .contains("restart it with this file");
        } finally {
            SimulatedShop.join(vertx.close());
        }
    }

    @Test
    void whatTheGatewayHasHeardFromWeChatIsTold() {
        RecordedAdmin admin = new RecordedAdmin(shop.vertx());
        admin.state = new JsonObject()
                .put("fetchesToday", 7)
                .put("stopped", true)
                .put("storeAway", true)
                .put("lastError", new JsonObject().put("errcode", 40243).put("errmsg", "AppSecret frozen"));

        CommandRun doctor = doctor(shop.configuration(SimulatedShop.freePort(), admin.port()));

        assertThat(doctor.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(doctor.out())
                .containsPattern("fail +gateway +the last fetch of its access_token for shop failed: WeChat says 40243")
                .containsPattern(
                        "fail +gateway +the gateway cannot reach Redis, where its access_token for shop is shared");
    }

    @Test
    void anotherProgramOnThePortsIsTold() {
        CommandRun doctor = doctor(shop.configuration(otherProgram(), otherProgram()));

        assertThat(doctor.out())
                .containsPattern("warn +gateway +how its tokens are is not known: what answers at .* is no gateway")
                .containsPattern("fail +push url \\(shop\\) +what answers at .* is no gateway: HTTP 200");
    }

    private int otherProgram() {
        return SimulatedShop.join(shop.vertx()
                        .createHttpServer()
                        .requestHandler(request -> request.response().end("hello"))
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    @Test
    void classicModeFetchesNothingByItself() {
        String configuration = shop.configuration().replace("tokenMode: stable", "tokenMode: classic");

        CommandRun doctor = doctor(configuration);
        long fetches = shop.calls(SimulatedShop.CLASSIC_TOKEN);
        CommandRun forced = CommandRun.of("doctor", "--conf", shop.file(configuration), "--force");

        assertThat(doctor.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(doctor.out()).containsPattern("skip +credentials \\(shop\\) +not tried: .*tokenMode: classic");
        assertThat(fetches).isZero();
        assertThat(forced.out()).containsPattern("ok +credentials \\(shop\\) ");
        assertThat(shop.calls(SimulatedShop.CLASSIC_TOKEN)).isEqualTo(1);
    }

    @Test
    void withAWrongConfigurationNothingElseIsLookedAt() {
        CommandRun doctor = doctor(shop.configuration().replace("tokenMode: stable", "tokenMode: stabel"));

        assertThat(doctor.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(doctor.out())
                .containsPattern("fail +configuration +.*tokenMode: found \"stabel\".*did you mean \"stable\"")
                .containsPattern("skip +dependencies");
        assertThat(shop.calls(SimulatedShop.STABLE_TOKEN)).isZero();
    }

    @Test
    void asksTheRunningGatewayWhereItsShellLacksTheVariables() {
        RecordedAdmin admin = new RecordedAdmin(shop.vertx());
        String configuration = shop.configuration(SimulatedShop.freePort(), admin.port())
                .replace("${WEIR_APP_SECRET}", "${OF_THE_UNIT}")
                .replace("${WEIR_TOKEN}", "${ALSO_OF_THE_UNIT}");

        CommandRun doctor = doctor(configuration);

        assertThat(doctor.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(doctor.out())
                .containsPattern(
                        "warn +configuration +this shell lacks (ALSO_)?OF_THE_UNIT, (ALSO_)?OF_THE_UNIT, which /.*"
                                + "weir.yaml needs; the running gateway is asked instead")
                .containsPattern("ok +gateway +a gateway is ready at 127.0.0.1:" + admin.port())
                .doesNotContain("dependencies");
        assertThat(shop.calls(SimulatedShop.STABLE_TOKEN)).isZero();
    }

    @Test
    void triesThePublicUrlThroughWhateverStandsBeforeIt() {
        Vertx vertx = Runtimes.vertx();
        try {
            Gateway gateway = gateway(vertx);
            String configuration = shop.configuration(gateway.pushPort(), SimulatedShop.freePort());
            String there = configuration.replaceFirst(
                    "push: \\{", "push: { publicUrl: \"http://127.0.0.1:" + gateway.pushPort() + "\", ");

            CommandRun doctor = doctor(there);

            assertThat(doctor.out())
                    .contains("WeChat takes http:// on port 80 and https:// on port 443 only")
                    .containsPattern("warn +public dns +127.0.0.1 is 127.0.0.1 here, which WeChat cannot reach")
                    .containsPattern("warn +public tls +http://127.0.0.1:\\d+ has no TLS")
                    .containsPattern("ok +public url \\(shop\\) +http://127.0.0.1:\\d+/wx/shop takes the Token");
        } finally {
            SimulatedShop.join(vertx.close());
        }
    }

    private CommandRun doctor(String configuration) {
        return CommandRun.of("doctor", "--conf", shop.file(configuration));
    }

    private Gateway gateway(Vertx vertx) {
        ConfigFiles.Loaded loaded = new ConfigFiles(Environment.of(Secrets.ENVIRONMENT), Clock.systemUTC())
                .load(Optional.of(Path.of(shop.file(shop.configuration(0, 0)))));
        return SimulatedShop.join(new Gateway(vertx, loaded.require(), loaded.replies(), loaded.own()).start());
    }

    private void network(NetworkAnswers answers) {
        shop.wechat().platform().exclusively(() -> {
            shop.account().network(answers);
            return true;
        });
    }

    /** The first line of a check. */
    private static Map<String, Object> check(JsonObject told, String name) {
        return told.getJsonArray("checks").stream()
                .map(JsonObject.class::cast)
                .filter(check -> check.getString("check").equals(name))
                .findFirst()
                .orElseThrow()
                .getMap();
    }
}
