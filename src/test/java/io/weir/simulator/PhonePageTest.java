package io.weir.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.weir.redis.Await;
import io.weir.simulator.SimulatorConfig.OfficialAccount;
import io.weir.simulator.platform.Registration;
import io.weir.simulator.push.Gateways;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.TestAccounts;
import io.weir.simulator.time.RealTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the phone page asks for, over real HTTP, against a gateway that always says success. */
class PhonePageTest {
    private static final String ALICE = "/control/v1/accounts/dev/people/oAlice";
    private static final int LIMIT_MILLIS = 10_000;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Simulator simulator;

    @BeforeEach
    void start() throws Exception {
        OfficialAccount account = new OfficialAccount(
                Registration.of("dev", TestAccounts.APP_ID, "secret", TestAccounts.ORIGINAL_ID),
                TestAccounts.in(PushMode.SAFE),
                Gateways.answering(vertx, "success"));
        simulator = new Simulator(
                vertx,
                new SimulatorConfig("127.0.0.1", 0, Optional.empty(), List.of(account), true),
                new RealTime(vertx));
        Await.result(simulator.start());
        send("PUT", ALICE, "{\"nickname\":\"Alice\"}");
    }

    @AfterEach
    void stop() {
        Await.result(simulator.stop());
        Await.result(vertx.close());
    }

    @Test
    void everythingAtOnceIsThePersonTheMenuTheChatAndThePushes() throws Exception {
        send("POST", ALICE + "/texts", "{\"text\":\"hi\"}");

        JsonObject all = everything();

        assertThat(all.getJsonObject("person").getString("nickname")).isEqualTo("Alice");
        assertThat(all.getJsonObject("menu").getJsonArray("button")).hasSize(3);
        assertThat(all.getJsonObject("menu").getInstant("fetched")).isNotNull();
        assertThat(all.getBoolean("receiving")).isFalse();
        JsonObject line = all.getJsonArray("lines").getJsonObject(0);
        assertThat(line.getString("text")).isEqualTo("hi");
        assertThat(line.getJsonObject("content"))
                .isEqualTo(new JsonObject().put("kind", "text").put("text", "hi"));
        JsonObject push = all.getJsonArray("pushes").getJsonObject(0);
        assertThat(push.getBoolean("running")).isFalse();
        assertThat(push.getString("effect")).isEqualTo("nothing");
        JsonObject attempt = push.getJsonArray("attempts").getJsonObject(0);
        assertThat(attempt.getInteger("status")).isEqualTo(200);
        assertThat(attempt.getString("body")).isEqualTo("success");
    }

    @Test
    void tellsWhatHappensAndGoesOnAfterABreak() throws Exception {
        String begin = everything().getString("after");
        try (Events events = new Events(begin, Optional.empty())) {
            send("POST", ALICE + "/texts", "{\"text\":\"hi\"}");

            assertThat(events.next("line").getString("text")).isEqualTo("hi");
            assertThat(events.next("push").getJsonArray("attempts")).isEmpty();
            assertThat(attempt(events.next("push")).getBoolean("running")).isTrue();
            assertThat(attempt(events.next("push")).getBoolean("running")).isFalse();
            assertThat(events.next("push").getBoolean("running")).isFalse();
            send("POST", ALICE + "/leaves", "");
            assertThat(events.next("following").getBoolean("now")).isFalse();
            assertThat(events.next("menu").fieldNames()).containsExactly("fetched");
        }

        try (Events again = new Events("", Optional.of(begin))) {
            assertThat(again.next("line").getString("text")).isEqualTo("hi");
        }
    }

    @Test
    void whoseBreakWasTooLongIsToldToBeginAnew() throws Exception {
        try (Events events = new Events("other-7", Optional.empty())) {
            assertThat(events.next("reset")).isEmpty();
            assertThat(events.ended()).isTrue();
        }
    }

    @Test
    void noMoreStreamsAreOpenedThanThereMayBe() throws Exception {
        String begin = everything().getString("after");
        List<Events> open = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            open.add(new Events(begin, Optional.empty()));
        }

        HttpResponse<String> oneMore = send("GET", ALICE + "/events?after=" + begin, "");

        assertThat(oneMore.statusCode()).isEqualTo(503);
        assertThat(oneMore.body()).contains("Too many pages look on");
        for (Events each : open) {
            each.close();
        }
        Await.until("a stream can be opened again", () -> canOpen(begin));
    }

    @Test
    void aButtonIsTappedByItsPlaceAndTheMenuFetchedOnDemand() throws Exception {
        assertThat(type(send("POST", ALICE + "/taps", "{\"position\":[1,0]}"))).isEqualTo("scancode_waitmsg");
        assertThat(send("POST", ALICE + "/taps", "{\"position\":[2,7]}").statusCode())
                .isEqualTo(400);
        assertThat(send("POST", ALICE + "/taps", "{\"position\":[]}").statusCode())
                .isEqualTo(400);

        JsonObject menu = new JsonObject(send("POST", ALICE + "/menu/fetch", "").body());

        assertThat(menu.getJsonArray("button")).hasSize(3);
    }

    @Test
    void whoDoesNotWaitIsAnsweredAtOnceAndToldByTheEvents() throws Exception {
        simulator.pushTo("dev", Gateways.silent(vertx));

        JsonObject answer = new JsonObject(send("POST", ALICE + "/texts", "{\"text\":\"hi\",\"wait\":false}")
                .body());

        assertThat(answer.getJsonArray("pushes")).isEmpty();
        assertThat(attempt(everything().getJsonArray("pushes").getJsonObject(0)).getBoolean("running"))
                .isTrue();
    }

    @Test
    void chosenPicturesAreTheOnesThatAreSent() throws Exception {
        byte[] shown = bytes("/phone/pictures/album-3");

        send("POST", ALICE + "/taps", "{\"position\":[1,4],\"album\":[\"album-3\",\"album-5\"]}");
        JsonArray lines = everything().getJsonArray("lines");

        assertThat(lines).hasSize(2);
        String sent = lines.getJsonObject(0).getJsonObject("content").getString("mediaId");
        assertThat(bytes("/media/" + sent)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /phone/                                                | Host: evil.example                                     | 403
                    /phone/main.js                                         | Host: evil.example                                     | 403
                    /phone/                                                | Host: localhost                                        | 200
                    /phone/                                                | Host: localhost~Sec-Fetch-Site: cross-site             | 200
                    /control/v1/accounts/dev/people/oAlice/phone           | Host: localhost~Sec-Fetch-Site: cross-site             | 403
                    /control/v1/accounts/dev/people/oAlice/phone           | Host: localhost~Sec-Fetch-Site: same-origin            | 200
                    /control/v1/accounts/dev/people/oAlice/events          | Host: localhost~Origin: https://evil.example           | 403
                    /control/v1/accounts/dev/people/oAlice/events          | Host: evil.example                                     | 403
                    /control/v1/accounts/dev/people/oNobody/events         | Host: localhost                                        | 404
                    /control/v1/accounts/none/people/oAlice/events         | Host: localhost                                        | 404
                    /                                                      | Host: localhost                                        | 302
                    """)
    void onlyThisMachineIsLetIn(String path, String headers, int status) throws IOException {
        try (Socket socket = connected()) {
            write(
                    socket,
                    "GET " + path + " HTTP/1.1\r\n" + headers.replace("~", "\r\n") + "\r\nConnection: close\r\n\r\n");

            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 " + status);
        }
    }

    private boolean canOpen(String begin) {
        try (Events events = new Events(begin, Optional.empty())) {
            return events.status.contains(" 200 ");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonObject everything() throws Exception {
        return new JsonObject(send("GET", ALICE + "/phone", "").body());
    }

    private static JsonObject attempt(JsonObject push) {
        return push.getJsonArray("attempts").getJsonObject(0);
    }

    private static String type(HttpResponse<String> reaction) {
        return new JsonObject(reaction.body())
                .getJsonArray("pushes")
                .getJsonObject(0)
                .getString("type");
    }

    private byte[] bytes(String path) throws Exception {
        return http.send(request(path).build(), BodyHandlers.ofByteArray()).body();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return http.send(
                request(path).method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(simulator.baseUri() + path)).timeout(Duration.ofMillis(LIMIT_MILLIS));
    }

    private Socket connected() throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), simulator.baseUri().getPort());
        socket.setSoTimeout(LIMIT_MILLIS);
        return socket;
    }

    private static void write(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    /** A page that looks on, without a browser. */
    private final class Events implements AutoCloseable {
        private final Socket socket = connected();
        private final BufferedReader lines;
        final String status;

        Events(String after, Optional<String> lastEventId) throws IOException {
            write(
                    socket,
                    "GET " + ALICE + "/events?after=" + after + " HTTP/1.1\r\nHost: localhost\r\n"
                            + lastEventId
                                    .map(id -> "Last-Event-ID: " + id + "\r\n")
                                    .orElse("") + "\r\n");
            InputStream answer = socket.getInputStream();
            lines = new BufferedReader(new InputStreamReader(answer, StandardCharsets.UTF_8));
            status = lines.readLine();
        }

        /** The data of the next event, which has to have that name. */
        JsonObject next(String name) throws IOException {
            String line = until("event: ");
            assertThat(line).isEqualTo("event: " + name);
            return new JsonObject(until("data: ").substring("data: ".length()));
        }

        boolean ended() throws IOException {
            return until("0").equals("0");
        }

        private String until(String beginning) throws IOException {
            String line = lines.readLine();
            while (line != null && !line.startsWith(beginning)) {
                line = lines.readLine();
            }
            return String.valueOf(line);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
