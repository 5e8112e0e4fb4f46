package io.weir.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.weir.client.LogCapture;
import io.weir.dispatch.durable.DurableWork.Ticket;
import io.weir.dispatch.durable.DurableWork.Use;
import io.weir.dispatch.durable.JournalConfig;
import io.weir.dispatch.durable.RedisCopies;
import io.weir.dispatch.durable.RedisWork;
import io.weir.dispatch.durable.StoredPush;
import io.weir.redis.Await;
import io.weir.redis.RedisAnswer;
import io.weir.redis.SharedRedis;
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
import org.junit.jupiter.api.extension.RegisterExtension;

/** Copies through a real Redis to a real HTTP server. */
class CopiesIT {
    @RegisterExtension
    static final SharedRedis REDIS = new SharedRedis();

    private static final AtomicLong NUMBER = new AtomicLong(System.nanoTime());

    private final Vertx vertx = Vertx.vertx();
    private final String appId = "wx" + NUMBER.incrementAndGet();
    private final Map<String, String> appIds = Map.of("main", appId);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<String> got = Collections.synchronizedList(new ArrayList<>());
    private final RedisWork journal =
            new RedisWork(REDIS.link(), "writer", appIds, JournalConfig.DEFAULT, System::currentTimeMillis);

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    private int serve(Function<String, Integer> status) {
        HttpServer server = vertx.createHttpServer().requestHandler(request -> answer(request, status));
        return Await.result(server.listen(0, "127.0.0.1")).actualPort();
    }

    private void answer(HttpServerRequest request, Function<String, Integer> status) {
        request.body().onSuccess(body -> {
            String content = body.toJsonObject().getJsonObject("data").getString("Content");
            got.add(content);
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

    private CopyVerticle instance(String owner, int port) {
        BackendClient client =
                new BackendClient(vertx, List.of(backend(port)), appIds, metrics, Clock.systemUTC(), bytes -> {});
        RedisCopies copies =
                new RedisCopies(REDIS.link(), owner, appIds, JournalConfig.DEFAULT, System::currentTimeMillis);
        PushCodec codec = new PushCodec(new MessageCrypto(unused -> {}), Duration.ofMinutes(10));
        Credentials account =
                new Credentials("main", appId, List.of("pushTokenRed2"), List.of(), Mode.PLAINTEXT, Optional.empty());
        Function<StoredPush, Optional<OpenedPush>> reader = push -> codec.readAgain(account, push.document());
        return new CopyVerticle(client, copies, List.of("main"), reader, Duration.ofHours(24), metrics);
    }

    private void keep(String content, String sender) {
        String xml = "<xml><ToUserName>gh_1</ToUserName><FromUserName>" + sender
                + "</FromUserName><CreateTime>1700000000</CreateTime><MsgType>text</MsgType><Content>" + content
                + "</Content><MsgId>" + NUMBER.incrementAndGet() + "</MsgId></xml>";
        StoredPush push =
                new StoredPush("main", "p" + content, "text", sender, xml, Instant.now(), 1, Optional.empty());
        Future<Ticket> kept = journal.keep(push, Set.of(Use.JOURNAL));
        Await.result(kept);
    }

    private static RedisAnswer redis(String command, String... arguments) {
        return Await.result(REDIS.link().send(command, arguments));
    }

    private String key(String what) {
        return "weir:{" + appId + "}:" + what;
    }

    private String deploy(CopyVerticle verticle) {
        String id = Await.result(vertx.deployVerticle(verticle));
        Await.until("the group is there", () -> redis("EXISTS", key("copied")).number() == 1);
        return id;
    }

    @Test
    void sendsEachPushOnceAndInTheOrderOfItsSender() {
        deploy(instance("one", serve(content -> 204)));

        for (int i = 0; i < 30; i++) {
            keep("a" + i, "oA");
            keep("b" + i, "oB");
        }

        Await.until("all were sent", () -> got.size() == 60);
        assertThat(got.stream().filter(each -> each.startsWith("a")).toList())
                .containsExactlyElementsOf(
                        IntStream.range(0, 30).mapToObj(i -> "a" + i).toList());
        Await.until(
                "all are done with",
                () -> redis("XPENDING", key("journal"), "copy:shop")
                                .items()
                                .get(0)
                                .number()
                        == 0);
    }

    @Test
    void letsTheNextOfASenderWaitForTheOneThatIsToBeTriedAgainAndNobodyElse() {
        AtomicInteger tries = new AtomicInteger();
        deploy(instance("one", serve(content -> content.equals("a0") && tries.getAndIncrement() == 0 ? 500 : 204)));

        keep("a0", "oA");
        keep("a1", "oA");
        keep("b0", "oB");

        Await.until("all were sent", () -> got.size() == 4);
        assertThat(got).containsExactly("a0", "b0", "a0", "a1");
    }

    @Test
    void makesADeadLetterAtOnceOfWhatIsGone() {
        deploy(instance("one", serve(content -> content.equals("a0") ? 410 : 204)));

        keep("a0", "oA");
        keep("a1", "oA");

        Await.until("the next was sent", () -> got.contains("a1"));
        Await.until("a dead letter", () -> redis("XLEN", key("dead")).number() == 1);
        assertThat(redis("XRANGE", key("dead"), "-", "+")
                        .items()
                        .get(0)
                        .items()
                        .get(1)
                        .fields())
                .containsEntry("b", "shop")
                .containsEntry("e", "expected status 200 or 204, found 410");
        assertThat(metrics.get("weir.backend.copies.dead").counter().count()).isOne();
    }

    @Test
    void waitsForRetryAfter() {
        AtomicInteger tries = new AtomicInteger();
        deploy(instance("one", serve(content -> tries.getAndIncrement() == 0 ? 429 : 204)));

        keep("a0", "oA");

        Await.until("tried again", () -> got.size() == 2);
        Await.until(
                "all are done with",
                () -> redis("XPENDING", key("journal"), "copy:shop")
                                .items()
                                .get(0)
                                .number()
                        == 0);
    }

    @Test
    void anotherInstanceGoesOnWhereOneHasStopped() {
        Promise<Void> never = Promise.promise();
        int port = serve(content -> never.future().isComplete() ? 204 : content.equals("a1") ? 0 : 204);
        String one = deploy(instance("one", port));
        keep("a0", "oA");
        keep("a1", "oA");
        keep("a2", "oA");
        Await.until("it hangs", () -> got.contains("a1"));
        try (LogCapture log = LogCapture.atItsLevel("io.vertx.core.impl")) {
            Await.result(vertx.undeploy(one));
            assertThat(log.lines()).isEmpty();
        }
        never.complete();

        Await.result(vertx.deployVerticle(instance("two", port)));

        Await.until("all were sent", () -> got.contains("a2"));
        assertThat(got).containsExactly("a0", "a1", "a1", "a2");
    }

    @Test
    void goesOnWhereItWasWhenTheGroupIsDeleted() {
        deploy(instance("one", serve(content -> 204)));
        keep("a0", "oA");
        Await.until("sent", () -> got.contains("a0"));
        Await.until(
                "known how far",
                () -> !redis("HGET", key("copied"), "shop").text().orElse("0-0").equals("0-0"));
        redis("XGROUP", "DESTROY", key("journal"), "copy:shop");
        keep("a1", "oA");

        Await.until("sent", () -> got.contains("a1"));

        assertThat(got).containsExactly("a0", "a1");
    }
}
