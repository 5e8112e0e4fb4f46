package io.weir.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.weir.client.LogCapture;
import io.weir.dispatch.durable.CopyQueue.Hold;
import io.weir.dispatch.durable.DurableJournal;
import io.weir.dispatch.durable.DurableJournal.Range;
import io.weir.dispatch.durable.DurableWork.Use;
import io.weir.dispatch.durable.JournalConfig;
import io.weir.dispatch.durable.StoredPush;
import io.weir.dispatch.durable.WorkOrSpool;
import io.weir.redis.Await;
import io.weir.wechat.codec.Credentials;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.codec.OpenedPush;
import io.weir.wechat.codec.PushCodec;
import io.weir.wechat.crypto.MessageCrypto;
import io.weir.wechat.message.PushType;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Copies of pushes that were kept, wherever that is, to a real HTTP server. */
abstract class CopiesContract {
    private static final AtomicLong NUMBER = new AtomicLong(System.nanoTime());

    static final JournalConfig CONFIG = JournalConfig.DEFAULT;

    final String appId = "wx" + NUMBER.incrementAndGet();
    final Map<String, String> appIds = Map.of("main", appId);
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final List<String> got = Collections.synchronizedList(new ArrayList<>());
    private final Vertx vertx = Vertx.vertx();
    final List<String> again = Collections.synchronizedList(new ArrayList<>());
    private Optional<WorkOrSpool> work = Optional.empty();

    /** What an instance keeps pushes with. */
    abstract WorkOrSpool open(String owner, Map<String, List<String>> copied);

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    int serve(Function<String, Integer> status) {
        HttpServer server = vertx.createHttpServer().requestHandler(request -> answer(request, status));
        return Await.result(server.listen(0, "127.0.0.1")).actualPort();
    }

    private void answer(HttpServerRequest request, Function<String, Integer> status) {
        request.body().onSuccess(body -> {
            String content = body.toJsonObject().getJsonObject("data").getString("Content");
            got.add(content);
            if (body.toJsonObject().toString().contains("\"redelivered\":true")) {
                again.add(content);
            }
            int answered = status.apply(content);
            if (answered == 429) {
                request.response().putHeader("Retry-After", "1");
            }
            if (answered > 0) {
                request.response().setStatusCode(answered).end();
            }
        });
    }

    private static BackendConfig backend(int port) {
        return new BackendConfig(
                "shop",
                URI.create("http://127.0.0.1:" + port + "/wx"),
                new BackendConfig.Json(List.of()),
                Duration.ofSeconds(1),
                40,
                Set.of(PushType.TEXT),
                new BackendConfig.Tls(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    final String start(String owner, int port) {
        BackendClient client =
                new BackendClient(vertx, List.of(backend(port)), appIds, metrics, Clock.systemUTC(), bytes -> {});
        WorkOrSpool opened = open(owner, client.copies());
        work = Optional.of(opened);
        PushCodec codec = new PushCodec(new MessageCrypto(unused -> {}), Duration.ofMinutes(10));
        Credentials account =
                new Credentials("main", appId, List.of("pushTokenRed2"), List.of(), Mode.PLAINTEXT, Optional.empty());
        Function<StoredPush, Optional<OpenedPush>> reader = push -> codec.readAgain(account, push.document());
        CopyVerticle verticle = new CopyVerticle(
                client, opened.copies().orElseThrow(), List.of("main"), reader, Duration.ofHours(24), metrics);
        String id = Await.result(vertx.deployVerticle(verticle));
        Await.until("it may send", () -> Await.result(hold(opened)).waiting() >= 0);
        return id;
    }

    final WorkOrSpool work() {
        return work.orElseThrow();
    }

    /** As the instance asks by itself: then the copies of pushes that are kept from now on are sent. */
    private static Future<Hold> hold(WorkOrSpool opened) {
        return opened.copies().orElseThrow().hold("main", "shop");
    }

    /** It stops in good order. */
    final void stop(String id) {
        Await.result(vertx.undeploy(id));
        Await.result(work().close());
    }

    private void allAreDoneWith() {
        Await.until("all are done with", () -> Await.result(hold(work())).waiting() == 0);
    }

    final void keep(String content, String sender) {
        String xml = "<xml><ToUserName>gh_1</ToUserName><FromUserName>" + sender
                + "</FromUserName><CreateTime>1700000000</CreateTime><MsgType>text</MsgType><Content>" + content
                + "</Content><MsgId>" + NUMBER.incrementAndGet() + "</MsgId></xml>";
        StoredPush push =
                new StoredPush("main", "p" + content, "text", sender, xml, Instant.now(), 1, Optional.empty());
        Await.result(work().keep(push, Set.of(Use.JOURNAL)));
    }

    private List<DurableJournal.Entry> dead() {
        Range dead = new Range(
                "main", true, Instant.EPOCH, Instant.now().plusSeconds(60), Optional.of("text"), Optional.of("shop"));
        return Await.result(work().journal().orElseThrow().list(dead, Optional.empty(), 10))
                .entries();
    }

    @Test
    void sendsEachPushOnceAndInTheOrderOfItsSender() {
        start("one", serve(content -> 204));

        for (int i = 0; i < 30; i++) {
            keep("a" + i, "oA");
            keep("b" + i, "oB");
        }

        Await.until("all were sent", () -> got.size() == 60);
        assertThat(got.stream().filter(each -> each.startsWith("a")).toList())
                .containsExactlyElementsOf(
                        IntStream.range(0, 30).mapToObj(i -> "a" + i).toList());
        allAreDoneWith();
    }

    @Test
    void letsTheNextOfASenderWaitForTheOneThatIsToBeTriedAgainAndNobodyElse() {
        AtomicInteger tries = new AtomicInteger();
        start("one", serve(content -> content.equals("a0") && tries.getAndIncrement() == 0 ? 500 : 204));

        keep("a0", "oA");
        keep("a1", "oA");
        keep("b0", "oB");

        Await.until("all were sent", () -> got.size() == 4);
        assertThat(got).containsExactly("a0", "b0", "a0", "a1");
    }

    @Test
    void makesADeadLetterAtOnceOfWhatIsGone() {
        start("one", serve(content -> content.equals("a0") ? 410 : 204));

        keep("a0", "oA");
        keep("a1", "oA");

        Await.until("the next was sent", () -> got.contains("a1"));
        Await.until("a dead letter", () -> dead().size() == 1);
        assertThat(dead()).singleElement().satisfies(each -> {
            assertThat(each.push().pushId()).isEqualTo("pa0");
            assertThat(each.error()).isEqualTo("expected status 200 or 204, found 410");
            assertThat(each.failures()).isOne();
        });
        allAreDoneWith();
        assertThat(metrics.get("weir.backend.copies.dead").counter().count()).isOne();
    }

    @Test
    void waitsForRetryAfter() {
        AtomicInteger tries = new AtomicInteger();
        start("one", serve(content -> tries.getAndIncrement() == 0 ? 429 : 204));

        keep("a0", "oA");

        Await.until("tried again", () -> got.size() == 2);
        allAreDoneWith();
    }

    @Test
    void anotherInstanceGoesOnWhereOneHasStopped() {
        Promise<Void> never = Promise.promise();
        int port = serve(content -> never.future().isComplete() ? 204 : content.equals("a1") ? 0 : 204);
        String one = start("one", port);
        keep("a0", "oA");
        keep("a1", "oA");
        keep("a2", "oA");
        Await.until("it hangs", () -> got.contains("a1"));
        try (LogCapture log = LogCapture.atItsLevel("io.vertx.core.impl")) {
            stop(one);
            assertThat(log.lines()).isEmpty();
        }
        never.complete();

        start("two", port);

        Await.until("all were sent", () -> got.contains("a2"));
        assertThat(got).containsExactly("a0", "a1", "a1", "a2");
        assertThat(again).contains("a1").doesNotContain("a0");
    }

    @Test
    void aBackendThatIsAwayGetsAllInOrderWhenItIsBackAndIsToldWhatItMayHave() {
        AtomicInteger status = new AtomicInteger(503);
        int port = serve(content -> status.get());
        String one = start("one", port);
        keep("a0", "oA");
        Await.until("it was tried", () -> got.contains("a0"));
        keep("a1", "oA");
        stop(one);
        status.set(204);

        start("two", port);

        Await.until("all were sent", () -> got.contains("a1"));
        assertThat(got).containsExactly("a0", "a0", "a1");
        assertThat(again).contains("a0");
        allAreDoneWith();
    }
}
