package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.weir.cli.ExitCode;
import io.weir.simulator.push.Gateways;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir simulator} as a process of its own, and {@code weir dev} with the one that it brings. */
class SimulatorIT {
    private static final String CREDENTIALS =
            "grant_type=client_credential&appid=wx00000000000000de&secret=weir-dev-app-secret";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void keepsItsStateAcrossRestarts() throws Exception {
        String token;
        try (WeirProcess simulator = start("simulator", "--port", "0", "--state", "wechat.json")) {
            URI api = api(simulator);
            token = get(api, "/cgi-bin/token?" + CREDENTIALS).getString("access_token");
            post(api, "/cgi-bin/tags/create?access_token=" + token, "{\"tag\":{\"name\":\"常客\"}}");
            assertThat(simulator.signal("TERM").exitCode()).isEqualTo(ExitCode.DONE);
        }
        assertThat(Files.readString(folder.resolve("wechat.json"))).contains("常客");

        try (WeirProcess simulator = start("simulator", "--port", "0", "--state", "wechat.json")) {
            JsonObject tags = get(api(simulator), "/cgi-bin/tags/get?access_token=" + token);

            assertThat(tags.getJsonArray("tags").getJsonObject(0).getString("name"))
                    .isEqualTo("常客");
        }
    }

    @Test
    void aDamagedStateFileIsNamedAndLeftAlone() throws IOException {
        Path state = Files.writeString(folder.resolve("wechat.json"), "{ \"version\": 1, ");
        try (WeirProcess simulator = start("simulator", "--port", "0", "--state", "wechat.json")) {
            assertThat(simulator.exitCode()).isEqualTo(ExitCode.BAD_DATA);
            assertThat(simulator.err()).contains("wechat.json", "line 1").doesNotContain("Exception");
        }
        assertThat(state).hasContent("{ \"version\": 1, ");
    }

    @Test
    void aStateThatCannotBeKeptIsToldAtTheStart() {
        try (WeirProcess simulator = start("simulator", "--port", "0", "--state", "no-such-folder/wechat.json")) {
            assertThat(simulator.exitCode()).isNotZero();
            assertThat(simulator.err())
                    .contains("no-such-folder", "cannot be written")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aStateThatCanNoLongerBeKeptIsToldOnce() throws Exception {
        Path kept = Files.createDirectory(folder.resolve("kept"));
        try (WeirProcess simulator = start("simulator", "--port", "0", "--state", "kept/wechat.json")) {
            URI api = api(simulator);
            Files.delete(kept.resolve("wechat.json"));
            Files.delete(kept.resolve("wechat.json.lock"));
            Files.delete(kept);
            get(api, "/cgi-bin/token?" + CREDENTIALS);

            simulator.awaitErr("(the state is not kept)");
            assertThat(simulator.signal("TERM").exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(simulator.err()).containsOnlyOnce("the state is not kept");
        }
    }

    @Test
    void aServerWithoutAConfigurationIsPushedToWithCredentialsThatArePrinted() throws Exception {
        String key = "K".repeat(43);
        String url = Gateways.absent().toString();
        try (WeirProcess simulator = start(
                "simulator",
                "--port",
                "0",
                "--push-to",
                url,
                "--token",
                "myToken123",
                "--aes-key",
                key,
                "--mode",
                "safe",
                "--app-id",
                "wx1234567890abcdef",
                "--app-secret",
                "mine",
                "--json")) {
            JsonObject printed = new JsonObject(simulator.awaitOut("(\\{.*\\})"));

            assertThat(printed.getJsonObject("credentials"))
                    .isEqualTo(new JsonObject()
                            .put("appId", "wx1234567890abcdef")
                            .put("appSecret", "mine")
                            .put("token", "myToken123")
                            .put("encodingAesKey", key)
                            .put("originalId", "gh_000000000000"));
            assertThat(printed.getJsonArray("pushes").getJsonObject(0).getString("mode"))
                    .isEqualTo("safe");
            assertThat(printed.getJsonArray("verifications").getJsonObject(0).getString("title"))
                    .isEqualTo("Token 验证失败");
            URI api = URI.create(printed.getString("api"));
            String credentials = "grant_type=client_credential&appid=wx1234567890abcdef&secret=mine";
            assertThat(get(api, "/cgi-bin/token?" + credentials).getInteger("expires_in"))
                    .isEqualTo(7200);
        }
    }

    @Test
    void placesThatCannotBeAreNamed() {
        try (WeirProcess simulator = start("simulator", "--port", "0", "--to", "foo")) {
            assertThat(simulator.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(simulator.err()).contains("--push-to: expected http://host/path");
        }
        try (WeirProcess simulator = start("simulator", "--port", "0", "--host", "no.such.host.invalid")) {
            assertThat(simulator.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(simulator.err()).contains("no.such.host.invalid").doesNotContain("\tat ");
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0);
                WeirProcess simulator = start("simulator", "--port", Integer.toString(taken.getLocalPort()))) {
            assertThat(simulator.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(simulator.err())
                    .contains("127.0.0.1:" + taken.getLocalPort(), "--port")
                    .doesNotContain("Exception:");
        }
    }

    @Test
    void peopleTapOverTheControlApiOfDev() throws Exception {
        try (WeirProcess dev = start("dev", "--json")) {
            URI api = URI.create(new JsonObject(dev.awaitOut("(\\{.*\\})")).getString("wechat"));
            String alice = "/control/v1/accounts/dev/people/oAlice";
            put(api, alice, "{\"nickname\":\"Alice\"}");

            JsonObject seen = post(api, alice + "/taps", "{\"button\":\"V1001_SUNCK\"}");

            assertThat(seen.getJsonArray("lines").getJsonObject(0).getString("text"))
                    .isEqualTo("sunck is a good man");
            String token = get(api, "/cgi-bin/token?" + CREDENTIALS).getString("access_token");
            String message = "{\"touser\":\"oAlice\",\"msgtype\":\"text\",\"text\":{\"content\":\"还在吗？\"}}";
            assertThat(post(api, "/cgi-bin/message/custom/send?access_token=" + token, message)
                            .getInteger("errcode"))
                    .isZero();
            assertThat(get(api, alice + "/chat").encode()).contains("还在吗？");
            assertThat(dev.signal("INT").exitCode()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(dev.err()).doesNotContain("ERROR", "weir-dev-app-secret", token);
        }
    }

    private WeirProcess start(String... arguments) {
        return WeirProcess.start(folder, arguments);
    }

    private static URI api(WeirProcess simulator) {
        return URI.create(simulator.awaitOut("server API +(http://[^/]+)"));
    }

    private static JsonObject get(URI api, String path) throws Exception {
        return send(HttpRequest.newBuilder(api.resolve(path)));
    }

    private static JsonObject post(URI api, String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(api.resolve(path)).POST(BodyPublishers.ofString(body)));
    }

    private static void put(URI api, String path, String body) throws Exception {
        send(HttpRequest.newBuilder(api.resolve(path)).PUT(BodyPublishers.ofString(body)));
    }

    private static JsonObject send(HttpRequest.Builder request) throws Exception {
        HttpRequest limited = request.timeout(Duration.ofSeconds(20)).build();
        return new JsonObject(HTTP.send(limited, BodyHandlers.ofString()).body());
    }
}
