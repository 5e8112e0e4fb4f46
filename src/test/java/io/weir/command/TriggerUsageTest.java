package io.weir.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import io.weir.cli.ExitCode;
import io.weir.simulator.push.Gateways;
import io.weir.simulator.push.PushTemplates;
import io.weir.simulator.push.TestAccounts;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class TriggerUsageTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1/wx/dev");

    private final TriggerRun trigger = new TriggerRun();

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
    void refusesNumbersOutOfBounds() {
        assertUsage("--attempts: expected 1 to 10, found 0", "text", "--attempts", "0");
        assertUsage("--duplicates: expected 0 to 100, found 101", "text", "--duplicates", "101");
        assertUsage("--repeat: expected 1 to 1000000, found 1000001", "text", "--repeat", "1000001");
        assertUsage("--concurrency: expected 1 to 1000", "text", "--repeat", "2", "--concurrency", "1001");
        assertUsage("--rate: expected 0.001 to 100000", "text", "--repeat", "2", "--rate", "0");
        assertUsage("need --repeat", "text", "--rate", "5");
        assertUsage("need --repeat", "text", "--concurrency", "5");
        assertUsage("longer than 60 minutes", "text", "--repeat", "100000", "--rate", "10");
        assertUsage("more than 1000000 deliveries", "text", "--repeat", "1000000", "--duplicates", "1");
        assertUsage(
                "more than 1000 deliveries at a time",
                "text",
                "--repeat",
                "9",
                "--concurrency",
                "600",
                "--duplicates",
                "1");
    }

    @Test
    void pointsOutAFieldThatWasProbablyMeantDifferently(Vertx vertx) {
        URI gateway = Gateways.answering(vertx, "success");

        trigger.run(gateway, "text", "--field", "content=hi");
        trigger.run(gateway, "scancode_push", "--field", "ScanResult=hi", "--field", "ScanCodeInfo.ScanType=barcode");
        trigger.run(gateway, "subscribe", "--field", "UnheardOf=hi");

        assertThat(trigger.err.toString().lines())
                .containsExactly(
                        "note: a text has no content, so it is added; did you mean Content?",
                        "note: a scancode_push has no ScanResult, so it is added; did you mean ScanCodeInfo.ScanResult?");
    }

    @Test
    void needsAKeyForSafeMode() {
        trigger.account = TestAccounts.withoutKey();

        assertThat(trigger.run(NOWHERE, "CLICK", "--safe")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(trigger.err.toString().strip())
                .isEqualTo(
                        "weir trigger: account dev has no encodingAesKey, which --safe needs; add it to the configuration");
    }

    @Test
    void refusesCredentialsThatWeChatWouldNotTake() {
        trigger.account = TestAccounts.withoutKey();

        assertUsage("--token: the Token has to be 3 to 32 letters and digits", "CLICK", "--token", "a b");
        assertUsage("--aes-key: an EncodingAESKey has exactly 43 characters", "CLICK", "--aes-key", "abc");
        assertUsage("--mode: the mode has to be plaintext, compatible or safe", "CLICK", "--mode", "open");
        assertUsage("no encodingAesKey, which safe mode needs", "CLICK", "--mode", "safe");
    }

    @Test
    void asksForTheAccountThatTheOptionsName() {
        int code = trigger.run(NOWHERE, "CLICK", "--conf", "my.yaml", "--account", "other");

        assertThat(code).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(trigger.err.toString()).contains("my.yaml has no account other");
    }

    @Test
    void listsAllTypes() {
        assertThat(trigger.run(NOWHERE, "--list")).isEqualTo(ExitCode.DONE);
        assertThat(trigger.out.toString().lines())
                .hasSameSizeAs(PushTemplates.bundled().all())
                .anyMatch(line -> line.matches("CLICK +event, --key"))
                .anyMatch(line -> line.matches("LOCATION +event, takes no reply"))
                .anyMatch(line -> line.matches("link +message"))
                .anyMatch(line -> line.matches("file +message, not pushed to ordinary accounts"))
                .anyMatch(line -> line.matches("miniprogrampage +message, not pushed to ordinary accounts"));

        trigger.out.getBuffer().setLength(0);
        trigger.run(NOWHERE, "--list", "--json");
        assertThat(new JsonObject(trigger.out.toString()).getJsonArray("types"))
                .hasSameSizeAs(PushTemplates.bundled().all());
    }

    @Test
    void helpsWithExamples() {
        assertThat(trigger.run(NOWHERE, "--help")).isEqualTo(ExitCode.DONE);
        assertThat(trigger.out.toString())
                .contains("Examples:", "weir trigger CLICK --key V1001_SUNCK", "--safe", "--conf=FILE");
        assertThat(trigger.out.toString().lines()).allMatch(line -> line.length() <= 100);
    }

    private void assertUsage(String expected, String... arguments) {
        trigger.err.getBuffer().setLength(0);
        assertThat(trigger.run(NOWHERE, arguments)).isEqualTo(ExitCode.USAGE);
        assertThat(trigger.err.toString().lines()).hasSize(2).last().isEqualTo("see weir trigger --help");
        assertThat(trigger.err.toString()).startsWith("weir trigger: ").contains(expected);
        assertThat(trigger.out.toString()).isEmpty();
    }
}
