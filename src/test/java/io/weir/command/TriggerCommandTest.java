package io.weir.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import io.weir.cli.ExitCode;
import io.weir.simulator.push.AnswerSamples;
import io.weir.simulator.push.DeliveryVerdict;
import io.weir.simulator.push.Gateways;
import io.weir.simulator.push.TestAccounts;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class TriggerCommandTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1/wx/dev");

    private final TriggerRun trigger = new TriggerRun();

    @Test
    void verifiesAUrlWithAnotherTokenThanTheConfiguredOne(Vertx vertx) {
        URI server = Gateways.checking(vertx, "myToken123", (request, taken) -> {});

        assertThat(trigger.run(server, "verify", "--token", "myToken123")).isEqualTo(ExitCode.DONE);
        assertThat(trigger.out.toString()).startsWith("URL verification passed");
        assertThat(trigger.run(server, "verify")).isEqualTo(ExitCode.FAILED);
        assertThat(trigger.out.toString()).contains("Token 验证失败", "found     403", "another Token");
        assertThat(trigger.run(server, "verify", "--token", "a b")).isEqualTo(ExitCode.USAGE);
        assertThat(trigger.err.toString()).contains("--token: the Token has to be 3 to 32 letters and digits");
    }

    @Test
    void showsThePushTheAnswerAndWhatTheUserSees(Vertx vertx) {
        URI gateway = Gateways.answering(vertx, AnswerSamples.text("sunck is a good man"));

        int code = trigger.run(gateway, "click", "--key", "V1001_SUNCK");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(trigger.out.toString().lines().toList())
                .startsWith("push    CLICK V1001_SUNCK  →  " + gateway + "  (plaintext)", "<xml>")
                .contains("  <Event><![CDATA[CLICK]]></Event>", "  <EventKey><![CDATA[V1001_SUNCK]]></EventKey>")
                .contains("  <Content><![CDATA[sunck is a good man]]></Content>")
                .anyMatch(line -> line.matches("answer {2}200 in [0-9]+\\.[0-9] ms, text"))
                .endsWith("user sees: sunck is a good man");
        assertThat(trigger.err.toString()).isEmpty();
    }

    @Test
    void showsSuccessAsNothing(Vertx vertx) {
        int code = trigger.run(Gateways.answering(vertx, "success"), "VIEW");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(trigger.out.toString())
                .endsWith(" ms, success\nsuccess\nuser sees: nothing" + System.lineSeparator());
    }

    @Test
    void sendsAsSafeModeDoesWhenToldTo(Vertx vertx) {
        List<String> bodies = new ArrayList<>();
        URI gateway = Gateways.http(vertx, (body, response) -> {
            bodies.add(body.toString());
            response.end(AnswerSamples.sealed(AnswerSamples.text("in safe hands")));
        });

        int code = trigger.run(gateway, "text", "--field", "Content=hi", "--safe");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(bodies).singleElement().asString().contains("<Encrypt>").doesNotContain("Content");
        assertThat(trigger.out.toString())
                .contains("(safe)", "<![CDATA[hi]]>", "text, encrypted", "user sees: in safe hands");
        assertThat(trigger.out.toString() + trigger.err)
                .doesNotContain(TestAccounts.TOKEN)
                .doesNotContain(TestAccounts.AES_KEY);
    }

    @Test
    void sendsToTheUrlGivenAndAsTheUserGiven(Vertx vertx) {
        URI gateway = Gateways.answering(vertx, "");

        int code = trigger.run(NOWHERE, "CLICK", "--to", gateway.toString(), "--user", "oSomebody");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(trigger.out.toString()).contains("oSomebody", gateway.toString(), "ms, empty\nuser sees: nothing");
    }

    @Test
    void printsTheCurlCommandWhenAsked(Vertx vertx) {
        trigger.run(Gateways.answering(vertx, "success"), "CLICK", "--curl");

        assertThat(trigger.out.toString())
                .contains("\ncurl    curl -sS -H 'Content-Type: text/xml' --data-binary '<xml>");
        assertThat(trigger.out.toString()).doesNotContain(TestAccounts.TOKEN);
    }

    @Test
    void saysWhatARefusalCanMean(Vertx vertx) {
        int code = trigger.run(
                Gateways.http(
                        vertx, (body, response) -> response.setStatusCode(403).end()),
                "CLICK");

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(trigger.out.toString())
                .contains("answer  403 in ", DeliveryVerdict.FAULT_NOTICE, "the gateway refused the push");
        assertThat(trigger.err.toString()).contains("token", "clock", "mode", "log");
    }

    @Test
    void failsWhenTheUserWouldSeeTheFaultNotice(Vertx vertx) {
        int code = trigger.run(Gateways.answering(vertx, "{\"ok\":\u001B[2Jtrue}"), "CLICK");

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(trigger.out.toString())
                .contains("{\"ok\":\\u001b[2Jtrue}", "user sees: " + DeliveryVerdict.FAULT_NOTICE, "because:");
    }

    @Test
    void saysInOneLineThatNobodyAnswers(Vertx vertx) throws Exception {
        trigger.limit = Duration.ofMillis(300);
        assertThat(trigger.run(Gateways.absent(), "CLICK")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(trigger.err.toString().lines())
                .singleElement()
                .asString()
                .contains("connection refused at", "weir dev");

        assertThat(trigger.run(Gateways.silent(vertx), "CLICK")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(trigger.err.toString()).contains("within 300 ms");
        assertThat(trigger.out.toString()).contains("answer  none in ");
    }

    @Test
    void printsOneJsonObject(Vertx vertx) throws Exception {
        trigger.run(Gateways.answering(vertx, AnswerSamples.text("hi")), "CLICK", "--key", "K", "--json");

        JsonObject json = new JsonObject(trigger.out.toString());
        assertThat(json.getJsonObject("push").getString("type")).isEqualTo("CLICK");
        assertThat(json.getJsonObject("push").getString("key")).isEqualTo("K");
        assertThat(json.getJsonObject("push").getString("mode")).isEqualTo("plaintext");
        assertThat(json.getJsonObject("push").getString("xml")).startsWith("<xml>");
        assertThat(json.getJsonObject("answer").getInteger("status")).isEqualTo(200);
        assertThat(json.getJsonObject("answer").getString("body")).isEqualTo(AnswerSamples.text("hi"));
        assertThat(json.getJsonObject("answer").getString("userSees")).isEqualTo("hi");
        assertThat(json.getDouble("millis")).isPositive();
        assertThat(json.getBoolean("accepted")).isTrue();
    }

    @Test
    void printsJsonAlsoWhenItFails(Vertx vertx) throws Exception {
        assertThat(trigger.run(Gateways.absent(), "CLICK", "--json", "--curl")).isEqualTo(ExitCode.UNAVAILABLE);
        JsonObject absent = new JsonObject(trigger.out.toString());
        assertThat(absent.getString("problem")).contains("refused");
        assertThat(absent.getString("curl")).startsWith("curl ");
        assertThat(absent.getBoolean("accepted")).isFalse();

        trigger.out.getBuffer().setLength(0);
        assertThat(trigger.run(Gateways.answering(vertx, "ok"), "CLICK", "--json"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(new JsonObject(trigger.out.toString())
                        .getJsonObject("answer")
                        .getString("userSees"))
                .isEqualTo(DeliveryVerdict.FAULT_NOTICE);
    }
}
