package io.weir.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import io.weir.cli.CommandException;
import io.weir.cli.CommandRunner;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@ExtendWith(VertxExtension.class)
class TriggerCommandTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1/wx/dev");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Duration limit = Pusher.WECHAT_LIMIT;
    private SimulatedAccount account = TestAccounts.in(PushMode.PLAINTEXT);

    @Test
    void showsThePushTheAnswerAndWhatTheUserSees(Vertx vertx) {
        URI gateway = Gateways.answering(vertx, Replies.text("sunck is a good man"));

        int code = run(gateway, "click", "--key", "V1001_SUNCK");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(out.toString().lines().toList())
                .startsWith("push    CLICK V1001_SUNCK  →  " + gateway + "  (plaintext)", "<xml>")
                .contains("  <Event><![CDATA[CLICK]]></Event>", "  <EventKey><![CDATA[V1001_SUNCK]]></EventKey>")
                .contains("  <Content><![CDATA[sunck is a good man]]></Content>")
                .anyMatch(line -> line.matches("answer {2}200 in [0-9]+\\.[0-9] ms, text"))
                .endsWith("user sees: sunck is a good man");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void showsSuccessAsNothing(Vertx vertx) {
        int code = run(Gateways.answering(vertx, "success"), "VIEW");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).endsWith(" ms, success\nsuccess\nuser sees: nothing" + System.lineSeparator());
    }

    @Test
    void sendsAsSafeModeDoesWhenToldTo(Vertx vertx) {
        List<String> bodies = new ArrayList<>();
        URI gateway = Gateways.http(vertx, (body, response) -> {
            bodies.add(body.toString());
            response.end(Replies.sealed(Replies.text("in safe hands")));
        });

        int code = run(gateway, "text", "--field", "Content=hi", "--safe");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(bodies).singleElement().asString().contains("<Encrypt>").doesNotContain("Content");
        assertThat(out.toString()).contains("(safe)", "<![CDATA[hi]]>", "text, encrypted", "user sees: in safe hands");
        assertThat(out.toString() + err).doesNotContain(TestAccounts.TOKEN).doesNotContain(TestAccounts.AES_KEY);
    }

    @Test
    void sendsToTheUrlGivenAndAsTheUserGiven(Vertx vertx) {
        URI gateway = Gateways.answering(vertx, "");

        int code = run(NOWHERE, "CLICK", "--to", gateway.toString(), "--user", "oSomebody");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("oSomebody", gateway.toString(), "ms, empty\nuser sees: nothing");
    }

    @Test
    void printsTheCurlCommandWhenAsked(Vertx vertx) {
        run(Gateways.answering(vertx, "success"), "CLICK", "--curl");

        assertThat(out.toString()).contains("\ncurl    curl -sS -H 'Content-Type: text/xml' --data-binary '<xml>");
        assertThat(out.toString()).doesNotContain(TestAccounts.TOKEN);
    }

    @Test
    void saysWhatARefusalCanMean(Vertx vertx) {
        int code = run(
                Gateways.http(
                        vertx, (body, response) -> response.setStatusCode(403).end()),
                "CLICK");

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("answer  403 in ", Verdict.FAULT_NOTICE, "the gateway refused the push");
        assertThat(err.toString()).contains("token", "clock", "mode", "log");
    }

    @Test
    void failsWhenTheUserWouldSeeTheFaultNotice(Vertx vertx) {
        int code = run(Gateways.answering(vertx, "{\"ok\":\u001B[2Jtrue}"), "CLICK");

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString())
                .contains("{\"ok\":\\u001b[2Jtrue}", "user sees: " + Verdict.FAULT_NOTICE, "because:");
    }

    @Test
    void saysInOneLineThatNobodyAnswers(Vertx vertx) throws Exception {
        limit = Duration.ofMillis(300);
        assertThat(run(Gateways.absent(), "CLICK")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString().lines()).singleElement().asString().contains("connection refused at", "scripts/run");

        assertThat(run(Gateways.silent(vertx), "CLICK")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("within 300 ms");
        assertThat(out.toString()).contains("answer  none in ");
    }

    @Test
    void printsOneJsonObject(Vertx vertx) throws Exception {
        run(Gateways.answering(vertx, Replies.text("hi")), "CLICK", "--key", "K", "--json");

        JsonObject json = new JsonObject(out.toString());
        assertThat(json.getJsonObject("push").getString("type")).isEqualTo("CLICK");
        assertThat(json.getJsonObject("push").getString("key")).isEqualTo("K");
        assertThat(json.getJsonObject("push").getString("mode")).isEqualTo("plaintext");
        assertThat(json.getJsonObject("push").getString("xml")).startsWith("<xml>");
        assertThat(json.getJsonObject("answer").getInteger("status")).isEqualTo(200);
        assertThat(json.getJsonObject("answer").getString("body")).isEqualTo(Replies.text("hi"));
        assertThat(json.getJsonObject("answer").getString("userSees")).isEqualTo("hi");
        assertThat(json.getDouble("millis")).isPositive();
        assertThat(json.getBoolean("accepted")).isTrue();
    }

    @Test
    void printsJsonAlsoWhenItFails(Vertx vertx) throws Exception {
        assertThat(run(Gateways.absent(), "CLICK", "--json", "--curl")).isEqualTo(ExitCode.UNAVAILABLE);
        JsonObject absent = new JsonObject(out.toString());
        assertThat(absent.getString("problem")).contains("refused");
        assertThat(absent.getString("curl")).startsWith("curl ");
        assertThat(absent.getBoolean("accepted")).isFalse();

        out.getBuffer().setLength(0);
        assertThat(run(Gateways.answering(vertx, "ok"), "CLICK", "--json")).isEqualTo(ExitCode.FAILED);
        assertThat(new JsonObject(out.toString()).getJsonObject("answer").getString("userSees"))
                .isEqualTo(Verdict.FAULT_NOTICE);
    }

    @Test
    void refusesAWrongCommandLineWithOneLine() {
        assertUsage("TYPE is missing");
        assertUsage("did you mean CLICK?", "CLIK");
        assertUsage("write it exactly", "Location");
        assertUsage("--field Content=hi", "text", "--key", "hi");
        assertUsage("found 'Content'", "text", "--field", "Content");
        assertUsage("ScanCodeInfo holds elements", "scancode_push", "--field", "ScanCodeInfo=x");
        assertUsage("--to: expected http://host/path", "CLICK", "--to", "ftp://x/y");
        assertUsage("--user", "CLICK", "--user", " ");
        assertUsage("Unknown option: '--jsno'; did you mean --json?", "CLICK", "--jsno");
    }

    @Test
    void pointsOutAFieldThatWasProbablyMeantDifferently(Vertx vertx) {
        URI gateway = Gateways.answering(vertx, "success");

        run(gateway, "text", "--field", "content=hi");
        run(gateway, "scancode_push", "--field", "ScanResult=hi", "--field", "ScanCodeInfo.ScanType=barcode");
        run(gateway, "subscribe", "--field", "UnheardOf=hi");

        assertThat(err.toString().lines())
                .containsExactly(
                        "note: a text has no content, so it is added; did you mean Content?",
                        "note: a scancode_push has no ScanResult, so it is added; did you mean ScanCodeInfo.ScanResult?");
    }

    @Test
    void needsAKeyForSafeMode() {
        account = TestAccounts.withoutKey();

        assertThat(run(NOWHERE, "CLICK", "--safe")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString().strip())
                .isEqualTo(
                        "weir trigger: account dev has no encodingAesKey, which --safe needs; add it to the configuration");
    }

    @Test
    void asksForTheAccountThatTheOptionsName() {
        int code = run(NOWHERE, "CLICK", "--conf", "my.yaml", "--account", "other");

        assertThat(code).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("my.yaml has no account other");
    }

    @Test
    void listsAllTypes() {
        assertThat(run(NOWHERE, "--list")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString().lines())
                .hasSameSizeAs(PushTemplates.bundled().all())
                .anyMatch(line -> line.matches("CLICK +event, --key"))
                .anyMatch(line -> line.matches("LOCATION +event, takes no reply"));

        out.getBuffer().setLength(0);
        run(NOWHERE, "--list", "--json");
        assertThat(new JsonObject(out.toString()).getJsonArray("types"))
                .hasSameSizeAs(PushTemplates.bundled().all());
    }

    @Test
    void helpsWithExamples() {
        assertThat(run(NOWHERE, "--help")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString())
                .contains("Examples:", "weir trigger CLICK --key V1001_SUNCK", "--safe", "--conf=FILE");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 100);
    }

    private void assertUsage(String expected, String... arguments) {
        err.getBuffer().setLength(0);
        assertThat(run(NOWHERE, arguments)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines()).hasSize(2).last().isEqualTo("see weir trigger --help");
        assertThat(err.toString()).startsWith("weir trigger: ").contains(expected);
        assertThat(out.toString()).isEmpty();
    }

    private int run(URI defaultTarget, String... arguments) {
        Terminal terminal = new Terminal(out, err, false);
        TriggerCommand trigger = new TriggerCommand(accounts(defaultTarget), terminal, limit);
        String[] all = new String[arguments.length + 1];
        all[0] = "trigger";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new CommandRunner(terminal, List.of()).run(new CommandLine(new Root()).addSubcommand(trigger), all);
    }

    private Accounts accounts(URI defaultTarget) {
        return new Accounts() {
            @Override
            public SimulatedAccount find(Optional<Path> conf, Optional<String> name) {
                if (name.isPresent()) {
                    throw new CommandException(
                            ExitCode.CONFIGURATION, conf.orElseThrow() + " has no account " + name.get());
                }
                return account;
            }

            @Override
            public URI defaultTarget(Optional<Path> conf, SimulatedAccount chosen) {
                return defaultTarget;
            }
        };
    }

    @Command(name = "weir")
    private static final class Root {}
}
