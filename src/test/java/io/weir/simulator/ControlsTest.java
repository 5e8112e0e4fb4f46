package io.weir.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.weir.client.LogCapture;
import io.weir.http.RawHttp;
import io.weir.simulator.SimulatorConfig.OfficialAccount;
import io.weir.simulator.people.People;
import io.weir.simulator.platform.Registration;
import io.weir.simulator.push.Gateways;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.TestAccounts;
import io.weir.simulator.time.RealTime;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** The control API's people and push faults, over real HTTP, against a gateway that always says success. */
class ControlsTest {
    private static final String ALICE = "/accounts/dev/people/oAlice";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Simulator simulator;

    @BeforeEach
    void start() throws Exception {
        URI gateway = Gateways.answering(vertx, "success");
        OfficialAccount account = new OfficialAccount(
                Registration.of("dev", TestAccounts.APP_ID, "secret", TestAccounts.ORIGINAL_ID),
                TestAccounts.in(PushMode.SAFE),
                gateway);
        simulator = new Simulator(
                vertx,
                new SimulatorConfig("127.0.0.1", 0, Optional.empty(), List.of(account), true),
                new RealTime(vertx));
        simulator.start().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        simulator.stop().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void aPersonTapsWritesSendsAndLeaves() throws Exception {
        put(ALICE, "{\"nickname\":\"Alice\",\"client\":\"android\",\"tags\":[100]}");

        assertThat(types(post(ALICE + "/taps", "{\"button\":\"rselfmenu_1_0\",\"pictures\":2}")))
                .containsExactly("pic_sysphoto", "image", "image");
        assertThat(types(post(ALICE + "/texts", "{\"text\":\"hi\"}"))).containsExactly("text");
        assertThat(types(post(ALICE + "/pictures", ""))).containsExactly("image");
        assertThat(types(post(ALICE + "/recordings", "{\"type\":\"voice\"}"))).containsExactly("voice");
        assertThat(types(post(ALICE + "/recordings", "{\"type\":\"shortvideo\"}")))
                .containsExactly("shortvideo");
        assertThat(types(post(ALICE + "/links", "{\"title\":\"Hours\",\"url\":\"https://www.example.com/\"}")))
                .containsExactly("link");
        assertThat(types(post(ALICE + "/places", "{}"))).containsExactly("location");
        assertThat(types(post(ALICE + "/pushes", "{\"type\":\"LOCATION\"}"))).containsExactly("LOCATION");
        assertThat(types(post(ALICE + "/follows", "{\"scene\":\"door\"}"))).containsExactly("SCAN");
        assertThat(types(post(ALICE + "/leaves", ""))).containsExactly("unsubscribe");
        JsonObject alice = get("/accounts/dev/people").getJsonArray("people").getJsonObject(0);
        assertThat(alice.getBoolean("subscribed")).isFalse();
        assertThat(alice.getString("client")).isEqualTo("android");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET *", "OPTIONS *", "CONNECT x:443", "CONNECT *", "GET http://x", "GET x", "GET ?", "HEAD //"})
    void oddTargetsAreAnsweredWithoutALineInTheLog(String target) throws Exception {
        try (LogCapture log = LogCapture.atItsLevel(Logger.ROOT_LOGGER_NAME);
                RawHttp raw = new RawHttp(simulator.baseUri().getPort())) {
            assertThat(raw.send(target + " HTTP/1.1\r\nHost: localhost\r\n\r\n").response())
                    .matches("(?s)HTTP/1.1 (30.|40[0345]) .*");
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void aDuplicatedPushIsDeliveredAsOftenAsOrdered() throws Exception {
        put(ALICE, "{}");

        JsonObject ordered = post("/push-faults", "{\"kind\":\"duplicate\",\"amount\":2,\"times\":1}");

        assertThat(ordered.getJsonArray("faults").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("kind", "duplicate")
                        .put("amount", 2)
                        .put("times", 1));
        assertThat(push(post(ALICE + "/texts", "{\"text\":\"hi\"}")).getInteger("duplicates"))
                .isEqualTo(2);
        assertThat(push(post(ALICE + "/texts", "{\"text\":\"hi\"}")).getInteger("duplicates"))
                .isZero();
    }

    @Test
    void pushesGoToTheUrlThatWasSet() throws Exception {
        put(ALICE, "{}");
        URI other = Gateways.answering(vertx, "not an answer");

        put("/accounts/dev/url", new JsonObject().put("url", other.toString()).encode());

        assertThat(push(post(ALICE + "/texts", "{\"text\":\"hi\"}")).getString("effect"))
                .isEqualTo("fault");
    }

    @Test
    void pushesAndTheVerificationAreSignedWithTheCredentialsThatWereSet() throws Exception {
        put(ALICE, "{}");
        List<String> signed = new CopyOnWriteArrayList<>();
        URI server =
                Gateways.checking(vertx, "rotated7", (request, taken) -> signed.add(request.method() + " " + taken));
        put("/accounts/dev/url", new JsonObject().put("url", server.toString()).encode());
        JsonObject before = post("/accounts/dev/verify", "");

        put(
                "/accounts/dev/credentials",
                "{\"token\":\"rotated7\",\"mode\":\"plaintext\",\"appSecret\":\"reset\",\"originalId\":\"gh_new\"}");

        assertThat(before.getString("title")).isEqualTo("Token 验证失败");
        assertThat(before.getString("found")).contains("another Token");
        assertThat(post("/accounts/dev/verify", "").getBoolean("passed")).isTrue();
        assertThat(push(post(ALICE + "/texts", "{\"text\":\"hi\"}")).getString("xml"))
                .contains("gh_new");
        assertThat(signed).containsExactly("GET false", "GET false", "GET true", "POST true");
        assertThat(simulator.account("dev").registration().appSecret()).isEqualTo("reset");
    }

    @Test
    void aPersonFollowsByACodeThatWasMadeAndIsToldOfWhenFollowingAlready() throws Exception {
        String ticket = simulator.platform().exclusively(() -> {
            ObjectNode order = JsonNodeFactory.instance.objectNode().put("action_name", "QR_LIMIT_STR_SCENE");
            order.putObject("action_info").putObject("scene").put("scene_str", "qrscene_door");
            return simulator.account("dev").qrCodes().create(order).ticket();
        });
        put("/accounts/dev/people/oBob", "{\"subscribed\":false}");
        JsonObject code = get("/accounts/dev/qrcodes").getJsonArray("codes").getJsonObject(0);

        JsonObject first = post(
                "/accounts/dev/people/oBob/scans",
                new JsonObject().put("code", ticket).encode());
        String link = simulator.baseUri() + "/cgi-bin/showqrcode?ticket=" + URLEncoder.encode(ticket, UTF_8);
        JsonObject again = post(
                "/accounts/dev/people/oBob/scans",
                new JsonObject().put("code", link + "&from=wall").encode());
        JsonObject third = post(
                "/accounts/dev/people/oBob/scans",
                new JsonObject().put("code", code.getString("url")).encode());

        assertThat(push(first).getString("xml"))
                .contains(
                        "[subscribe]",
                        "<EventKey><![CDATA[qrscene_qrscene_door]]>",
                        "<![CDATA[" + ticket + "]]></Ticket>");
        assertThat(push(again).getString("xml"))
                .contains("[SCAN]", "<EventKey><![CDATA[qrscene_door]]>", "<![CDATA[" + ticket + "]]></Ticket>");
        assertThat(types(third)).containsExactly("SCAN");
        assertThat(code.getBoolean("permanent")).isTrue();
        assertThat(code.getString("scene")).isEqualTo("qrscene_door");
        assertThat(simulator.account("dev").followers().subscription("oBob").text())
                .isEqualTo("qrscene_door");
        HttpRequest picture = HttpRequest.newBuilder(URI.create(link)).build();
        assertThat(http.send(picture, BodyHandlers.ofString()).headers().firstValue("content-type"))
                .contains("image/png");
        HttpRequest unknown = HttpRequest.newBuilder(URI.create(link + "x")).build();
        assertThat(http.send(unknown, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    }

    @Test
    void nothingIsPushedOfAPersonWhoIsBlocked() throws Exception {
        put(ALICE, "{}");
        simulator.platform().exclusively(() -> {
            simulator.account("dev").followers().block(List.of("oAlice"));
            return true;
        });

        assertThat(types(post(ALICE + "/texts", "{\"text\":\"hi\"}"))).isEmpty();
        assertThat(types(post(ALICE + "/leaves", ""))).isEmpty();
    }

    @Test
    void noAnswerShowsACredential() throws Exception {
        String shown = send(
                        "PUT",
                        "/accounts/dev/credentials",
                        "{\"token\":\"rotated7\",\"aesKey\":\"" + "K".repeat(43) + "\",\"appSecret\":\"reset\"}")
                .body();

        assertThat(new JsonObject(shown))
                .isEqualTo(new JsonObject()
                        .put("account", "dev")
                        .put("appId", TestAccounts.APP_ID)
                        .put("originalId", TestAccounts.ORIGINAL_ID)
                        .put("mode", "safe"));
        assertThat(get("/state").encode()).doesNotContain("rotated7", "KKKK", "reset");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    POST | /accounts/dev/people/oNobody/taps | {"button":"x"}               | 404 | no person oNobody
                    POST | /accounts/none/people/oAlice/taps | {"button":"x"}               | 404 | no account "none"
                    POST | /accounts/dev/people/oAlice/taps  | {}                           | 400 | "button" is missing
                    POST | /accounts/dev/people/oAlice/taps  | {"button":"none"}            | 400 | sees no button 'none'
                    POST | /accounts/dev/people/oAlice/taps  | {"button":"逛一逛","tip":1}  | 400 | "tip" is unknown
                    POST | /accounts/dev/people/oAlice/taps  | {"button":"rselfmenu_1_0","pictures":10} | 400 | 1 to 9
                    POST | /accounts/dev/people/oAlice/pushes | {"type":"CLIK"}             | 400 | did you mean CLICK
                    POST | /accounts/dev/people/oAlice/pushes | {"type":"CLICK","fields":{"a b":"c"}} | 400 | expected Name=value
                    POST | /accounts/dev/people/oAlice/scans | {"code":"none"}              | 400 | qrcode/create makes one
                    PUT  | /accounts/dev/people/oAlice       | {"client":"palm"}            | 400 | ios, android or other
                    POST | /push-faults                      | {"kind":"explode"}           | 400 | found explode
                    POST | /push-faults                      | {"kind":"delay"}             | 400 | needs an amount
                    PUT  | /accounts/dev/url                 | {"url":"ftp://x"}            | 400 | http://host/path
                    PUT  | /accounts/dev/credentials         | {"token":"a b"}              | 400 | 3 to 32 letters
                    PUT  | /accounts/dev/credentials         | {"aesKey":"x"}               | 400 | 43 characters
                    PUT  | /accounts/dev/credentials         | {"mode":"loose"}             | 400 | plaintext, compatible or safe
                    PUT  | /accounts/none/credentials        | {"token":"abc"}              | 400 | no account none
                    POST | /accounts/none/verify             | {}                           | 404 | no account none
                    PUT  | /accounts/none/url                | {"url":"http://127.0.0.1/"}  | 400 | no account none
                    """)
    void aMistakeIsTold(String method, String path, String body, int status, String detail) throws Exception {
        put(ALICE, "{}");

        HttpResponse<String> answer = send(method, path, body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(new JsonObject(answer.body()).getString("detail")).contains(detail);
    }

    @Test
    void theSameNameIsTheSamePersonAndALongOneAnotherThanItsBeginning() {
        People people = simulator.people("dev");

        assertThat(people.named("alice")).isSameAs(people.named("alice"));
        assertThat(People.openidOf("alice")).hasSize(28);
        assertThat(People.openidOf("a".repeat(40))).hasSize(28).isNotEqualTo(People.openidOf("a".repeat(41)));
    }

    private static List<String> types(JsonObject reaction) {
        JsonArray pushes = reaction.getJsonArray("pushes");
        return pushes.stream()
                .map(push -> ((JsonObject) push).getString("type"))
                .toList();
    }

    private static JsonObject push(JsonObject reaction) {
        return reaction.getJsonArray("pushes").getJsonObject(0);
    }

    private JsonObject get(String path) throws Exception {
        return new JsonObject(send("GET", path, "").body());
    }

    private JsonObject post(String path, String body) throws Exception {
        return new JsonObject(send("POST", path, body).body());
    }

    private void put(String path, String body) throws Exception {
        assertThat(send("PUT", path, body).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        URI uri = URI.create(simulator.baseUri() + "/control/v1" + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(20))
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
