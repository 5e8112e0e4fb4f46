package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.command.ConfigFiles;
import io.weir.command.JournalReplayCommand;
import io.weir.config.Environment;
import io.weir.http.Runtimes;
import io.weir.redis.Await;
import io.weir.redis.RedisServer;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

/** The journal and the dead letters, looked up and replayed at a gateway with a real Redis, whose user has the shipped rights alone. */
class StoredReplayIT {
    private static final String KEYS = "weir:{wx00000000000000a1}:";
    private static final String SENT = "/cgi-bin/message/custom/send";
    static final String OPEN_ID = "oABCDEFGHIJKLMNOPQRSTUVWXYZ1";

    @RegisterExtension
    final SimulatedShop shop = new SimulatedShop();

    private final List<RedisServer> servers = servers();
    private final Vertx vertx = Runtimes.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> copies = new CopyOnWriteArrayList<>();
    private volatile int status = 204;
    private Gateway gateway;

    /** Those of which one has the keys of the account. */
    List<RedisServer> servers() {
        return List.of(RedisServer.start());
    }

    /** The value of {@code redis:} in the configuration. */
    String section() {
        return "{ uri: \"redis://weir:hush@127.0.0.1:" + servers.get(0).port() + "\" }";
    }

    void close(List<RedisServer> started) {
        started.forEach(RedisServer::close);
    }

    @BeforeEach
    void start() {
        servers.forEach(each -> each.addUserWithTheShippedRights("weir", "hush"));
        int crm = SimulatedShop.join(vertx.createHttpServer()
                        .requestHandler(request -> request.body().onSuccess(body -> {
                            copies.add(body.toString());
                            request.response().setStatusCode(status).end();
                        }))
                        .listen(0, "127.0.0.1"))
                .actualPort();
        gateway = start(
                vertx,
                "redis: " + section() + "\nhandlers: { CLICK: { durable: true } }\n"
                        + "backends: { crm: { url: \"http://127.0.0.1:" + crm
                        + "/\", secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw } }\n");
    }

    @AfterEach
    void stop() {
        SimulatedShop.join(vertx.close());
        assertThat(servers)
                .allSatisfy(each -> assertThat(each.command("ACL", "LOG")).isEqualTo("*0\r\n"));
        close(servers);
    }

    private Gateway start(Vertx with, String more) {
        ConfigFiles.Loaded loaded = new ConfigFiles(Environment.of(Secrets.ENVIRONMENT), Clock.systemUTC())
                .load(Optional.of(Path.of(shop.file(shop.configuration(0, 0) + more))));
        Gateway made = new Gateway(with, loaded.require(), loaded.replies(), loaded.own());
        return SimulatedShop.join(made.start());
    }

    @Test
    void listsARangeInPagesTheNewestFirstAndMasked() {
        for (int i = 1; i <= 5; i++) {
            journal(1_700_000_000_000L + i, "CLICK", "p" + i);
            journal(1_700_000_000_000L + i, "VIEW", "other");
        }

        JsonObject page = get("/api/v1/journal?account=shop&type=CLICK&limit=2&from=2023-11-14T22:13:20.002Z", 200);
        JsonObject next = get(
                "/api/v1/journal?account=shop&type=CLICK&limit=2&from=2023-11-14T22:13:20.002Z&before="
                        + page.getString("next"),
                200);

        assertThat(ids(page)).containsExactly("p5", "p4");
        assertThat(ids(next)).containsExactly("p3", "p2");
        assertThat(page.encode()).doesNotContain(OPEN_ID).contains("oAB…XYZ1");
    }

    @Test
    void showsADeadLetterWithItsErrorAndItsDocumentMasked() {
        String id = dead(OPEN_ID, "p1");

        JsonObject shown = get("/api/v1/journal/" + id + "?account=shop&dead=true", 200);
        JsonObject revealed = get("/api/v1/journal/" + id + "?account=shop&dead=true&reveal=true", 200);

        assertThat(shown.getInteger("failures")).isEqualTo(5);
        assertThat(shown.getString("error")).isEqualTo("it broke");
        assertThat(shown.getString("document")).contains("V1").doesNotContain(OPEN_ID);
        assertThat(revealed.getString("document")).contains(OPEN_ID);
    }

    @Test
    void aDeadLetterIsHandledAgainAndItsReplySentOnce() {
        dead(OPEN_ID, "p1");

        JsonObject dry =
                replay(new JsonObject().put("account", "shop").put("dead", true).put("dryRun", true), 200);
        JsonObject begun = replay(new JsonObject().put("account", "shop").put("dead", true), 202);

        assertThat(dry.getInteger("total")).isOne();
        assertThat(begun.getInteger("total")).isOne();
        assertThat(ended(begun).getInteger("done")).isOne();
        Await.until("its reply is sent", () -> shop.calls(SENT) == 1);
        Await.until("it is no work any more", () -> length("work") == 0);
        assertThat(length("dead")).isZero();
    }

    @Test
    void replaysWhatWasThereWhilePushesComeIn() {
        List<String> pushed = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            journal(System.currentTimeMillis() - 3_000, "CLICK", "old" + i);
        }

        JsonObject begun =
                replay(new JsonObject().put("account", "shop").put("from", "1h").put("rate", 20), 202);
        while (state(begun).getString("state").equals("running")) {
            journal(System.currentTimeMillis(), "CLICK", "new" + pushed.size());
            pushed.add("new");
        }

        assertThat(pushed).isNotEmpty();
        assertThat(state(begun).getInteger("done")).isEqualTo(30);
        Await.until("all are handled", () -> length("work") == 0);
        assertThat(length("journal")).isEqualTo(30 + pushed.size());
    }

    @Test
    void aBackendGetsItsCopiesAgainInOrder() {
        dead(OPEN_ID, "handler");
        deadCopy("first");
        deadCopy("second");

        JsonObject begun =
                replay(new JsonObject().put("account", "shop").put("dead", true).put("backend", "crm"), 202);

        assertThat(ended(begun).getInteger("done")).isEqualTo(2);
        assertThat(copies).hasSize(2);
        assertThat(copies.get(0)).contains("V1first", "\"redelivered\":true");
        assertThat(copies.get(1)).contains("V1second");
        assertThat(length("dead")).isOne();
        assertThat(length("work")).isZero();
    }

    @Test
    void aDeadLetterStaysThatItsBackendDoesNotTake() {
        String id = deadCopy("first");
        status = 500;

        JsonObject begun =
                replay(new JsonObject().put("account", "shop").put("dead", true).put("backend", "crm"), 202);
        JsonObject unnamed = replay(
                new JsonObject().put("account", "shop").put("dead", true).put("ids", new JsonArray().add(id)), 202);

        assertThat(ended(begun).getInteger("failed")).isOne();
        assertThat(ended(unnamed).getString("error")).contains("backend crm");
        assertThat(length("dead")).isOne();
    }

    private String deadCopy(String pushId) {
        String answer = add("dead", "*", "CLICK", OPEN_ID, pushId, "f", "9", "e", "500", "b", "crm");
        return answer.lines().skip(1).findFirst().orElseThrow();
    }

    @Test
    void aPushThatWasAnsweredAMomentAgoIsHandledAgain() {
        String file = shop.file(shop.configuration(gateway.pushPort(), gateway.adminPort()));
        CommandRun push = CommandRun.of("trigger", "CLICK", "--key", "V1", "--conf", file);

        JsonObject begun = replay(new JsonObject().put("account", "shop"), 202);

        assertThat(push.out()).contains("hello");
        assertThat(ended(begun).getInteger("done")).isOne();
        Await.until("its reply is sent", () -> shop.calls(SENT) == 1);
    }

    @Test
    void stopsInTheMiddle() {
        for (int i = 0; i < 50; i++) {
            dead("oP" + i, "p" + i);
        }
        JsonObject begun =
                replay(new JsonObject().put("account", "shop").put("dead", true).put("rate", 5), 202);

        JsonObject stopped = send("DELETE", "/api/v1/journal/replays/" + begun.getString("id"), "", 200);

        assertThat(stopped.getString("state")).isEqualTo("stopped");
        assertThat(stopped.getInteger("done")).isLessThan(10);
        assertThat(length("dead")).isEqualTo(50 - stopped.getInteger("done"));
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(get("/api/v1/journal?account=nobody", 404).getString("title"))
                .isEqualTo("There is no such account");
        assertThat(get("/api/v1/journal?account=shop&from=yesterday", 400).getString("detail"))
                .contains("\"from\"");
        assertThat(get("/api/v1/journal/1-1?account=shop", 404).getString("title"))
                .isEqualTo("There is no such entry");
        assertThat(replay(new JsonObject().put("account", "shop").put("backend", "erp"), 404)
                        .getString("title"))
                .isEqualTo("There is no such backend");
    }

    @Test
    void aCommandListsShowsAndReplays() {
        String id = dead(OPEN_ID, "p1");
        String file = shop.file(shop.configuration(0, gateway.adminPort()));

        CommandRun list = CommandRun.of("journal", "list", "--dead", "--from", "1h", "--conf", file);
        CommandRun show = CommandRun.of("journal", "show", id, "--dead", "--conf", file);
        CommandRun dry = CommandRun.of("journal", "replay", "--dead", "--dry-run", "--conf", file);
        CommandRun unasked = CommandRun.of("journal", "replay", "--dead", "--conf", file);
        CommandRun replay = CommandRun.of("journal", "replay", "--dead", "--yes", "--conf", file);

        assertThat(list.out()).contains(id, "oAB…XYZ1", "it broke").doesNotContain(OPEN_ID);
        assertThat(show.out()).contains("<EventKey>", "it broke").doesNotContain(OPEN_ID);
        assertThat(dry.out()).contains("1 would be replayed", id);
        assertThat(unasked.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(replay.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(replay.out()).isEqualTo("done: 1 of 1 replayed, 0 failed, 0 were gone\n");
        assertThat(length("dead")).isZero();
    }

    @Test
    void ctrlCStopsTheReplayOfACommandAndTellsHowFarItCame() throws Exception {
        for (int i = 0; i < 50; i++) {
            dead("oP" + i, "p" + i);
        }
        String file = shop.file(shop.configuration(0, gateway.adminPort()));
        StringWriter out = new StringWriter();
        CompletableFuture<Consumer<String>> ctrlC = new CompletableFuture<>();
        JournalReplayCommand command = new JournalReplayCommand(
                new Terminal(out, new StringWriter(), false),
                new ConfigFiles(Environment.of(Secrets.ENVIRONMENT), Clock.systemUTC()),
                ctrlC::complete);
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(
                () -> new CommandLine(command).execute("--dead", "--yes", "--rate", "2", "--conf", file));
        Await.until("it has begun", () -> length("dead") < 50);

        ctrlC.join().accept("INT");

        assertThat(exit.join()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(out.toString()).matches("stopped: \\d+ of 50 replayed, 0 failed, 0 were gone\\R");
        assertThat(length("dead")).isPositive();
    }

    private static List<String> ids(JsonObject page) {
        return page.getJsonArray("entries").stream()
                .map(each -> ((JsonObject) each).getString("pushId"))
                .toList();
    }

    private JsonObject ended(JsonObject replay) {
        Await.until("it ends", () -> !state(replay).getString("state").equals("running"));
        return state(replay);
    }

    private JsonObject state(JsonObject replay) {
        return get("/api/v1/journal/replays/" + replay.getString("id"), 200);
    }

    private JsonObject replay(JsonObject order, int status) {
        return send("POST", "/api/v1/journal/replays", order.encode(), status);
    }

    private JsonObject get(String path, int status) {
        return send("GET", path, "", status);
    }

    private JsonObject send(String method, String path, String body, int status) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + path))
                .header("Authorization", "Bearer " + Secrets.ENVIRONMENT.get("WEIR_ADMIN_TOKEN"))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            return new JsonObject(response.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long length(String what) {
        return Long.parseLong(redis("XLEN", KEYS + what).substring(1).strip());
    }

    private void journal(long millis, String type, String pushId) {
        add("journal", millis + "-*", type, OPEN_ID, pushId);
    }

    private String dead(String openId, String pushId) {
        String answer = add("dead", "*", "CLICK", openId, pushId, "f", "5", "e", "it broke");
        return answer.lines().skip(1).findFirst().orElseThrow(() -> new AssertionError(answer));
    }

    private String add(String stream, String id, String type, String openId, String pushId, String... more) {
        String xml = click(openId, pushId);
        List<String> command = new ArrayList<>(List.of("XADD", KEYS + stream, id, "v", "1", "i", pushId, "t", type));
        command.addAll(
                List.of("s", openId, "a", String.valueOf(System.currentTimeMillis()), "n", "1", "p", "", "x", xml));
        command.addAll(List.of(more));
        return redis(command.toArray(String[]::new));
    }

    /** By the server that has the key. */
    /** Of the node that has the key. On a busy machine the nodes may lose sight of each other for a moment: then none answers. */
    private String redis(String... command) {
        List<String> answers = new ArrayList<>();
        Await.until(
                "a node takes " + command[0],
                () -> servers.stream()
                        .map(each -> each.command(command))
                        .filter(answer -> !answer.startsWith("-MOVED") && !answer.startsWith("-CLUSTERDOWN"))
                        .findFirst()
                        .map(answers::add)
                        .isPresent());
        return answers.get(0);
    }

    static String click(String openId, String pushId) {
        return "<xml><ToUserName>gh_000000000000</ToUserName><FromUserName>" + openId + "</FromUserName><CreateTime>"
                + Instant.now().getEpochSecond()
                + "</CreateTime><MsgType>event</MsgType><Event>CLICK</Event><EventKey>V1" + pushId
                + "</EventKey></xml>";
    }
}
