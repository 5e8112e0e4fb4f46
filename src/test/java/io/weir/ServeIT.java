package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.cli.ExitCode;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.wechat.crypto.AesKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class ServeIT {
    static final String CONFIGURATION = """
            push: { host: 127.0.0.1, port: 0 }
            admin: { port: 0, token: "${WEIR_ADMIN_TOKEN}" }
            accounts:
              shop:
                appId: wx00000000000000a1
                appSecret: "${WEIR_APP_SECRET}"
                token: ["${WEIR_TOKEN}", "${WEIR_OLD_TOKEN}"]
                mode: plaintext
              club:
                appId: wx0a1b2c3d4e5f6071
                appSecret: "${WEIR_APP_SECRET}"
                token: "${WEIR_SAFE_TOKEN}"
                encodingAesKey: "${WEIR_AES_KEY}"
                mode: safe
                replies: club.yaml
            replies: replies.yaml
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("weir.yaml"), CONFIGURATION);
        Files.writeString(folder.resolve("replies.yaml"), "CLICK: { default: { text: from the shop } }\n");
        Files.writeString(folder.resolve("club.yaml"), "CLICK: { default: { text: from the club } }\n");
    }

    @Test
    void servesSeveralAccountsEachWithItsModeTokensAndReplies() {
        try (WeirProcess serve = serve()) {
            URI base = pushBase(serve);

            assertThat(clicked(shop(Secrets.TOKEN), base)).isEqualTo("from the shop");
            assertThat(clicked(shop(Secrets.OLD_TOKEN), base)).isEqualTo("from the shop");
            assertThat(clicked(club(PushMode.SAFE), base)).isEqualTo("from the club");
            assertThat(serve.out()).isEmpty();
        }
    }

    @Test
    void refusesWhatIsNotGenuineAndSaysWhyInTheLogOnly() {
        try (WeirProcess serve = serve()) {
            URI base = pushBase(serve);

            assertThat(refused(shop(Secrets.SAFE_TOKEN), base)).contains("status=403");
            assertThat(refused(club(PushMode.PLAINTEXT), base)).contains("status=403");
            serve.awaitErr("request refused account=\"shop\" cause=\"signature\"");
            serve.awaitErr("request refused account=\"club\" cause=\"mode\"");
            assertThat(serve.err()).doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    void logsLinesOfJsonWhereThatIsAskedFor() throws Exception {
        try (WeirProcess serve = WeirProcess.start(
                folder, Secrets.ENVIRONMENT, "serve", "--conf", "weir.yaml", "--log-format", "json")) {
            serve.awaitErr("\"event\":\"gateway ready\"");
            ObjectMapper json = new ObjectMapper();

            for (String line : serve.err().lines().toList()) {
                JsonNode event = json.readTree(line);
                assertThat(event.fieldNames()).toIterable().startsWith("time", "level", "logger", "event");
            }
        }
    }

    @Test
    void logsWhatIsDoubtfulInTheConfigurationAsTheRest() throws IOException {
        Files.delete(folder.resolve("replies.yaml"));
        Files.writeString(folder.resolve("weir.yaml"), CONFIGURATION.replace("\nreplies: replies.yaml", ""));
        try (WeirProcess serve = WeirProcess.start(
                folder, Secrets.ENVIRONMENT, "serve", "--conf", "weir.yaml", "--log-format", "json")) {
            serve.awaitErr("\"event\":\"gateway ready\"");

            JsonNode warning =
                    new ObjectMapper().readTree(serve.err().lines().findFirst().orElse(""));
            assertThat(warning.path("event").textValue()).isEqualTo("configuration warning");
            assertThat(warning.path("level").textValue()).isEqualTo("WARN");
            assertThat(warning.path("file").textValue()).isEqualTo("weir.yaml");
            assertThat(warning.path("path").textValue()).isEqualTo("replies");
            assertThat(warning.path("rule").textValue()).contains("without a replies file");
        }
    }

    @Test
    void logsWhatKeepsItFromRunningAsTheRest() throws IOException {
        Map<String, String> environment = new HashMap<>(Secrets.ENVIRONMENT);
        environment.put("WEIR_LOG_FORMAT", "json");
        Files.writeString(folder.resolve("weir.yaml"), CONFIGURATION.replace("plaintext", "save"));
        try (WeirProcess wrong = WeirProcess.start(folder, environment, "serve", "--conf", "weir.yaml");
                WeirProcess missing = WeirProcess.start(folder, environment, "serve", "--conf", "nowhere.yaml")) {
            assertThat(wrong.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            JsonNode error = new ObjectMapper().readTree(wrong.err());
            assertThat(error.path("event").textValue()).isEqualTo("configuration error");
            assertThat(error.path("line").intValue()).isEqualTo(8);
            assertThat(error.path("path").textValue()).isEqualTo("accounts.shop.mode");
            assertThat(missing.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            JsonNode failure = new ObjectMapper().readTree(missing.err());
            assertThat(failure.path("event").textValue()).isEqualTo("the server has not started");
            assertThat(failure.path("error").textValue()).contains("no configuration file at nowhere.yaml");
        }
    }

    @Test
    void takesTheConfigurationThatIsUsualHere() throws IOException {
        Files.createDirectory(folder.resolve("conf"));
        for (String file : new String[] {"weir.yaml", "replies.yaml", "club.yaml"}) {
            Files.move(folder.resolve(file), folder.resolve("conf").resolve(file));
        }
        try (WeirProcess check = WeirProcess.start(folder, Secrets.ENVIRONMENT, "check");
                WeirProcess nothing = WeirProcess.start(folder.resolve("conf"), Secrets.ENVIRONMENT, "check")) {
            assertThat(check.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(nothing.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(nothing.err()).contains("WEIR_CONF", "conf/weir.yaml", "/etc/weir/weir.yaml", "--conf FILE");
        }
    }

    @Test
    void saysWhichWordOfTheEnvironmentItDoesNotKnow() {
        Map<String, String> environment = new HashMap<>(Secrets.ENVIRONMENT);
        environment.put("WEIR_LOG_FORMAT", "xml");
        try (WeirProcess serve = WeirProcess.start(folder, environment, "serve", "--conf", "weir.yaml")) {
            serve.awaitErr("gateway ready");

            assertThat(serve.err())
                    .contains("is not understood, it is left out variable=\"WEIR_LOG_FORMAT\" found=\"xml\""
                            + " expected=\"text or json\"");
        }
        try (WeirProcess serve =
                WeirProcess.start(folder, Secrets.ENVIRONMENT, "serve", "--conf", "weir.yaml", "--log-format", "xml")) {
            assertThat(serve.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(serve.err()).contains("--log-format: expected text or json, found xml");
        }
    }

    @Test
    void tellsHealthToWhoHasTheTokenOnly() throws Exception {
        try (WeirProcess serve = serve()) {
            URI admin = admin(serve);

            assertThat(get(admin.resolve("/live"), Optional.empty()).statusCode())
                    .isEqualTo(200);
            assertThat(get(admin.resolve("/ready"), Optional.empty()).statusCode())
                    .isEqualTo(200);
            assertThat(get(admin.resolve("/health"), Optional.empty()).statusCode())
                    .isEqualTo(401);
            HttpResponse<String> health = get(admin.resolve("/health"), Optional.of(Secrets.ADMIN_TOKEN));
            assertThat(health.body()).contains("\"ready\"", "shop", "club").doesNotContain(Secrets.ALL);
        }
    }

    @Test
    void saysInOneLineThatAPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Files.writeString(
                    folder.resolve("weir.yaml"),
                    CONFIGURATION.replace("127.0.0.1, port: 0", "127.0.0.1, port: " + port));

            try (WeirProcess serve = serve()) {
                assertThat(serve.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
                assertThat(serve.err().lines())
                        .singleElement()
                        .asString()
                        .startsWith("weir serve: cannot listen on 127.0.0.1:" + port
                                + " (push.port): Address already in use; stop the program");
                assertThat(serve.out()).isEmpty();
            }
        }
    }

    private WeirProcess serve() {
        return WeirProcess.start(folder, Secrets.ENVIRONMENT, "serve", "--conf", "weir.yaml");
    }

    static URI pushBase(WeirProcess serve) {
        return URI.create("http://" + serve.awaitErr("gateway ready push=\"(\\S+)\"") + "/");
    }

    static URI admin(WeirProcess serve) {
        return URI.create("http://" + serve.awaitErr("gateway ready .*admin=\"(\\S+)\""));
    }

    static SimulatedAccount shop(String token) {
        return new SimulatedAccount(
                "shop", "wx00000000000000a1", token, Optional.empty(), "gh_000000000000", PushMode.PLAINTEXT);
    }

    private static SimulatedAccount club(PushMode mode) {
        AesKey key = AesKey.parse(Secrets.AES_KEY);
        return new SimulatedAccount(
                "club", "wx0a1b2c3d4e5f6071", Secrets.SAFE_TOKEN, Optional.of(key), "gh_000000000000", mode);
    }

    private static String clicked(SimulatedAccount account, URI base) {
        try (WeChat wechat = new WeChat(account, base.resolve(account.name()))) {
            return wechat.click("K");
        }
    }

    private static String refused(SimulatedAccount account, URI base) {
        try (WeChat wechat = new WeChat(account, base.resolve(account.name()))) {
            return WeChat.await(wechat.push(PushOrder.of("CLICK"))).outcome().toString();
        }
    }

    public static HttpResponse<String> get(URI uri, Optional<String> token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
