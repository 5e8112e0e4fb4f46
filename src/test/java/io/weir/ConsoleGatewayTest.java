package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.weir.command.ConfigFiles;
import io.weir.command.ConfiguredAccounts;
import io.weir.config.Environment;
import io.weir.http.Runtimes;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.SimulatedAccount;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a whole gateway that WeChat pushes to. */
class ConsoleGatewayTest {
    private static final String CONFIGURATION = """
            push: { host: 127.0.0.1, port: 0 }
            admin: { port: 0 }
            accounts:
              safe:
                appId: wx0a1b2c3d4e5f6071
                appSecret: "${WEIR_APP_SECRET}"
                token: "${WEIR_SAFE_TOKEN}"
                encodingAesKey: "${WEIR_AES_KEY}"
                mode: safe
            """;

    private final Vertx vertx = Runtimes.vertx();
    private final ConfigFiles files = new ConfigFiles(Environment.of(Secrets.ENVIRONMENT), Clock.systemUTC());
    private final HttpClient client = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Gateway gateway;

    @SuppressWarnings("NullAway.Init") // set before each test
    private WeChat wechat;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        Path configuration = Files.writeString(folder.resolve("weir.yaml"), CONFIGURATION);
        Files.writeString(folder.resolve("replies.yaml"), "CLICK: { K1: { text: one }, default: { text: other } }\n");
        ConfigFiles.Loaded loaded = files.load(Optional.of(configuration));
        gateway = WeChat.await(new Gateway(vertx, loaded.require(), loaded.replies(), loaded.own()).start());
        SimulatedAccount account = new ConfiguredAccounts(files)
                .find(Optional.of(configuration), Optional.of("safe"))
                .in(PushMode.SAFE);
        wechat = new WeChat(account, URI.create("http://127.0.0.1:" + gateway.pushPort() + "/wx/safe"));
    }

    @AfterEach
    void stop() {
        wechat.close();
        WeChat.await(vertx.close());
    }

    @Test
    void showsAPushAndHandlesItOnceMore() throws Exception {
        WeChat.await(wechat.push(PushOrder.of("CLICK")));

        JsonObject push = ask("GET", "/api/v1/pushes").getJsonArray("pushes").getJsonObject(0);
        String path = "/api/v1/pushes/" + push.getLong("id");
        JsonObject detail = ask("GET", path);
        JsonObject replayed = ask("POST", path + "/replay");

        assertThat(push.getString("outcome")).isEqualTo("reply");
        assertThat(push.getBoolean("encrypted")).isTrue();
        assertThat(detail.getString("handler")).contains("replies.yaml", "CLICK");
        assertThat(detail.getJsonArray("attempts")).hasSize(1);
        assertThat(detail.getJsonArray("steps")).hasSize(5);
        assertThat(detail.getJsonArray("checks").stream().map(check -> ((JsonObject) check).getValue("ok")))
                .containsOnly(true);
        assertThat(replayed.getBoolean("same")).as(replayed.encodePrettily()).isTrue();
        assertThat(replayed.getString("outcome")).isEqualTo("reply");
        assertThat(click().getInteger("count")).isEqualTo(1);
        assertThat(click().getInteger("replies")).isEqualTo(1);
        assertThat(click().getString("handler")).isEqualTo("ClickHandler");
        assertThat(click().getJsonArray("rules")).containsExactly("K1");
        assertThat(click().getDouble("p99Millis")).isPositive();
    }

    private JsonObject click() throws Exception {
        return ask("GET", "/api/v1/answers").getJsonArray("accounts").getJsonObject(0).getJsonArray("types").stream()
                .map(JsonObject.class::cast)
                .filter(type -> type.getString("type").equals("CLICK"))
                .findFirst()
                .orElseThrow();
    }

    private JsonObject ask(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + path))
                .method(method, BodyPublishers.noBody())
                .build();
        return new JsonObject(client.send(request, BodyHandlers.ofString()).body());
    }
}
