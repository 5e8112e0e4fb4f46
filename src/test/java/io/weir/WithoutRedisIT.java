package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.weir.command.ConfigFiles;
import io.weir.config.Environment;
import io.weir.dispatch.durable.DurableWork.Ticket;
import io.weir.dispatch.durable.DurableWork.Use;
import io.weir.dispatch.durable.JournalConfig;
import io.weir.dispatch.durable.StoredPush;
import io.weir.dispatch.durable.WorkOrSpool;
import io.weir.http.Runtimes;
import io.weir.redis.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway without Redis keeps on the disk of its machine what must not be lost. */
class WithoutRedisIT {
    private static final String OPEN_ID = StoredReplayIT.OPEN_ID;

    @RegisterExtension
    final SimulatedShop shop = new SimulatedShop();

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Vertx> started = new ArrayList<>();
    private final List<String> copies = new CopyOnWriteArrayList<>();
    private volatile int status = 204;

    @AfterEach
    void stop() {
        started.forEach(each -> SimulatedShop.join(each.close()));
    }

    private Gateway start(String more) {
        Vertx vertx = Runtimes.vertx();
        started.add(vertx);
        ConfigFiles.Loaded loaded = new ConfigFiles(Environment.of(Secrets.ENVIRONMENT), Clock.systemUTC())
                .load(Optional.of(Path.of(shop.file(shop.configuration(0, 0) + more))));
        return SimulatedShop.join(new Gateway(
                        vertx,
                        loaded.require(),
                        loaded.replies(),
                        loaded.own(),
                        Gateway.RuntimeOptions.of(loaded.file()).spooling())
                .start());
    }

    private String backend() {
        Vertx vertx = Vertx.vertx();
        started.add(vertx);
        int port = SimulatedShop.join(vertx.createHttpServer()
                        .requestHandler(request -> request.body().onSuccess(body -> {
                            copies.add(body.toString());
                            request.response().setStatusCode(status).end();
                        }))
                        .listen(0, "127.0.0.1"))
                .actualPort();
        return "backends: { crm: { url: \"http://127.0.0.1:" + port
                + "/\", secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, copies: [CLICK] } }\n";
    }

    private CommandRun trigger(Gateway gateway, String... arguments) {
        String file = shop.file(shop.configuration(gateway.pushPort(), gateway.adminPort()));
        List<String> words = new ArrayList<>(List.of("trigger"));
        words.addAll(List.of(arguments));
        words.addAll(List.of("--conf", file));
        return CommandRun.of(words.toArray(String[]::new));
    }

    @Test
    void aCopyThatItsBackendHasNotTakenIsSentAfterARestart() {
        String backend = backend();
        status = 503;
        Gateway first = start(backend);

        assertThat(trigger(first, "CLICK", "--key", "V1").out()).contains("hello");
        Await.until("it was tried", () -> copies.size() == 1);
        SimulatedShop.join(first.stop(Duration.ZERO));
        status = 204;
        start(backend);

        Await.until("it was sent again", () -> copies.size() == 2);
        assertThat(copies.get(0)).contains("V1", "\"redelivered\":false");
        assertThat(copies.get(1)).contains("V1", "\"redelivered\":true");
    }

    @Test
    void deadLettersAreListedShownAndReplayedAndThereIsNoJournal() {
        leaveADeadLetter();
        Gateway gateway = start("handlers: { CLICK: { durable: true } }\n");
        String file = shop.file(shop.configuration(0, gateway.adminPort()));

        CommandRun list = CommandRun.of("journal", "list", "--dead", "--conf", file);
        String id = dead(gateway).getJsonObject(0).getString("id");
        CommandRun show = CommandRun.of("journal", "show", id, "--dead", "--conf", file);
        CommandRun replay = CommandRun.of("journal", "replay", "--dead", "--yes", "--conf", file);

        assertThat(get(gateway, "", 409).getString("detail")).contains("redis.uri", "--dead");
        assertThat(list.out()).contains(id, "oAB…XYZ1", "it broke").doesNotContain(OPEN_ID);
        assertThat(show.out()).contains("<EventKey>", "it broke").doesNotContain(OPEN_ID);
        assertThat(replay.out()).isEqualTo("done: 1 of 1 replayed, 0 failed, 0 were gone\n");
        Await.until("its reply is sent", () -> shop.calls("/cgi-bin/message/custom/send") == 1);
        assertThat(dead(gateway)).isEmpty();
        assertThat(get(gateway, "&dead=true&before=nothing", 400).getString("detail"))
                .contains("not an id");
    }

    @Test
    void whatWasKeptOfWhoUnsubscribesIsDeleted() {
        leaveADeadLetter();
        Gateway gateway = start("");
        assertThat(dead(gateway)).hasSize(1);

        trigger(gateway, "unsubscribe", "--user", "oSomebodyElse000000000000000");
        assertThat(dead(gateway)).hasSize(1);
        trigger(gateway, "unsubscribe", "--user", OPEN_ID);

        Await.until("it is gone", () -> dead(gateway).isEmpty());
    }

    private void leaveADeadLetter() {
        WorkOrSpool work = WorkOrSpool.open(
                Optional.empty(),
                Optional.of(shop.folder().resolve("spool")),
                JournalConfig.DEFAULT,
                List.of("shop"),
                Map.of(),
                new SimpleMeterRegistry());
        String xml = StoredReplayIT.click(OPEN_ID, "p1");
        StoredPush push = new StoredPush("shop", "p1", "CLICK", OPEN_ID, xml, Instant.now(), 1, Optional.empty());
        Ticket ticket = SimulatedShop.join(work.keep(push, Set.of(Use.WORK)));
        for (int i = 0; i < 5; i++) {
            SimulatedShop.join(work.failed(ticket, push, "it broke"));
        }
        SimulatedShop.join(work.close());
    }

    private JsonArray dead(Gateway gateway) {
        return get(gateway, "&dead=true", 200).getJsonArray("entries");
    }

    private JsonObject get(Gateway gateway, String more, int expected) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.adminPort() + "/api/v1/journal?account=shop" + more))
                .header("Authorization", "Bearer " + Secrets.ADMIN_TOKEN)
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(expected);
            return new JsonObject(response.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
