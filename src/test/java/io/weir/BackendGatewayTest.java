package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.weir.command.ConfigFiles;
import io.weir.command.ConfiguredAccounts;
import io.weir.config.Environment;
import io.weir.http.Runtimes;
import io.weir.redis.Await;
import io.weir.simulator.Simulator;
import io.weir.simulator.SimulatorConfig;
import io.weir.simulator.SimulatorConfig.OfficialAccount;
import io.weir.simulator.people.ChatLine;
import io.weir.simulator.people.Person;
import io.weir.simulator.people.Phone.Reaction;
import io.weir.simulator.time.RealTime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of an account whose pushes a backend answers, and what the backend sees of them. */
class BackendGatewayTest {
    private static final String CONFIGURATION = """
            push: { host: 127.0.0.1, port: 0, deadline: 1s }
            admin: { port: 0 }
            accounts:
              main: { appId: wx0a1b2c3d4e5f6071, appSecret: s, token: weirTestToken }
            backends:
              shop:
                url: "http://127.0.0.1:%d/"
                secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
                timeout: 20s
                copies: [image]
            """;

    private static final String REPLIES = """
            text:
              quick: { text: "at once" }
              default: { backend: shop, otherwise: { text: "busy, {openId}" } }
            image: { default: { text: "from Weir" } }
            unsubscribe: { default: { backend: shop } }
            """;

    private final Vertx vertx = Runtimes.vertx();
    private final BlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
    private volatile Handler<HttpServerRequest> backend = request -> reply(request, "hi");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Person alice;

    @BeforeEach
    void start() throws IOException {
        int port = WeChat.await(vertx.createHttpServer()
                        .requestHandler(request -> request.body().onSuccess(body -> {
                            events.add(new JsonObject(body));
                            backend.handle(request);
                        }))
                        .listen(0, "127.0.0.1"))
                .actualPort();
        Path configuration = Files.writeString(folder.resolve("weir.yaml"), CONFIGURATION.formatted(port));
        Files.writeString(folder.resolve("replies.yaml"), REPLIES);
        ConfigFiles files = new ConfigFiles(Environment.of(Map.of()), Clock.systemUTC());
        ConfigFiles.Loaded loaded = files.load(Optional.of(configuration));
        OfficialAccount account =
                new ConfiguredAccounts(files).all(Optional.of(configuration)).get(0);
        Simulator wechat = new Simulator(
                vertx,
                new SimulatorConfig("127.0.0.1", 0, Optional.empty(), List.of(account), true),
                new RealTime(vertx));
        WeChat.await(wechat.start());
        GatewayConfig config = loaded.require().callingWeChatAt(wechat.baseUri());
        Gateway gateway = WeChat.await(new Gateway(vertx, config, loaded.replies(), loaded.own()).start());
        wechat.pushTo("main", URI.create("http://127.0.0.1:" + gateway.pushPort() + "/wx/main"));
        alice = wechat.person("main", "oAlice");
    }

    @AfterEach
    void stop() {
        WeChat.await(vertx.close());
    }

    @Test
    void answersWhatTheBackendSays() throws InterruptedException {
        assertThat(say("hello")).containsExactly("hi");

        JsonObject event = next();
        assertThat(event.getString("source")).isEqualTo("weir/main");
        assertThat(event.getString("type")).isEqualTo("weixin.message.text");
        assertThat(event.getJsonObject("data").getString("Content")).isEqualTo("hello");
        assertThat(event.getLong("remainingms")).isEqualTo(20_000);
    }

    @Test
    void answersOtherwiseToABackendThatFails() {
        backend = request -> request.response().setStatusCode(500).end();

        assertThat(say("hello")).containsExactly("busy, " + alice.openid());
    }

    @Test
    void delaysNoOtherPushAndSendsALateAnswerAsACustomerServiceMessage() {
        backend = request -> vertx.setTimer(2_500, over -> reply(request, "at last"));

        Reaction reaction = Await.result(alice.phone().say("hello"));
        assertThat(reaction.lines()).isEmpty();
        assertThat(say("quick")).containsExactly("at once");

        Await.until("the message arrives", () -> texts().contains("at last"));
        assertThat(texts()).containsOnlyOnce("at last");
        assertThat(events).hasSize(1);
    }

    @Test
    void deliversAKindThatTakesNoReplyWithoutWaiting() throws InterruptedException {
        backend = request -> {};

        Await.result(alice.phone().unfollow());

        assertThat(next().getString("type")).isEqualTo("weixin.event.unsubscribe");
    }

    @Test
    void sendsACopyOfWhatItAnswersItself() throws InterruptedException {
        Reaction reaction = Await.result(alice.phone().sendPicture());

        assertThat(reaction.lines()).extracting(ChatLine::text).containsExactly("from Weir");
        assertThat(next().getString("type")).isEqualTo("weixin.message.image");
    }

    private List<String> say(String text) {
        return Await.result(alice.phone().say(text)).lines().stream()
                .map(ChatLine::text)
                .toList();
    }

    private List<String> texts() {
        return alice.chat().stream().map(ChatLine::text).toList();
    }

    private JsonObject next() throws InterruptedException {
        JsonObject event = events.poll(10, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }

    private static void reply(HttpServerRequest request, String text) {
        request.response()
                .putHeader("content-type", "application/json")
                .end(new JsonObject().put("text", text).toBuffer());
    }
}
