package io.weir.backend;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.weir.config.Secret;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.message.PushDocument;
import io.weir.wechat.message.PushReader;
import io.weir.wechat.xml.XmlElement;
import io.weir.wechat.xml.XmlException;
import io.weir.wechat.xml.XmlReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Has the JVM load and compile the code that asks a backend, before a push needs it: without this the first pushes after a start
 * come some tenths of a second later, and those that wait for their deadline pass WeChat's. It asks a server of its own on loopback; no
 * backend that is configured takes part.
 *
 * <p>A verticle whose start is the whole of it.
 */
public final class BackendWarmUp extends VerticleBase {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String JSON = "json";
    private static final String WECHAT = "wechat";
    private static final int ROUNDS = 100;
    private static final int AT_ONCE = 8;
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final String CLICK = """
            <xml><ToUserName><![CDATA[gh_0]]></ToUserName><FromUserName><![CDATA[o]]></FromUserName>
            <CreateTime>1700000000</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[CLICK]]></Event>
            <EventKey><![CDATA[warm]]></EventKey></xml>""";

    private BackendWarmUp() {}

    /** Completes when it is over and nothing of it is left. Never fails: then the first pushes are slower. */
    public static Future<Void> run(Vertx vertx) {
        return vertx.deployVerticle(new BackendWarmUp())
                .compose(vertx::undeploy)
                .otherwiseEmpty();
    }

    @Override
    public Future<?> start() {
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions().setHost(LOOPBACK).setPort(0))
                .requestHandler(request -> request.body()
                        .onSuccess(body -> request.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                                .end(request.path().equals("/json") ? "{\"text\": \"warm\"}" : "success")));
        return server.listen()
                .compose(listening -> rounds(client(listening.actualPort()), delivery(), ROUNDS))
                .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private BackendClient client(int port) {
        Secret secret = Secret.of("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3");
        return new BackendClient(
                vertx,
                List.of(
                        config(JSON, port, new BackendConfig.Json(List.of(secret))),
                        config(
                                WECHAT,
                                port,
                                new BackendConfig.WeChat(Secret.of("warm"), Optional.empty(), Mode.PLAINTEXT))),
                Map.of(),
                new SimpleMeterRegistry(),
                Clock.systemUTC(),
                new SecureRandom()::nextBytes);
    }

    private static BackendConfig config(String name, int port, BackendConfig.Dialect dialect) {
        URI url = URI.create("http://" + LOOPBACK + ':' + port + '/' + name);
        return new BackendConfig(name, url, dialect, LIMIT, AT_ONCE, Set.of(), BackendConfig.Tls.DEFAULT);
    }

    private static Delivery<?> delivery() {
        byte[] xml = CLICK.getBytes(StandardCharsets.UTF_8);
        try {
            XmlElement root = XmlReader.read(xml).root();
            return new Delivery<>(
                    PushReader.read("warm-up", root),
                    new PushDocument(xml, root),
                    "warm-up",
                    Deadline.in(LIMIT),
                    1,
                    false,
                    true,
                    false,
                    Optional.empty());
        } catch (XmlException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Future<?> rounds(BackendClient client, Delivery<?> delivery, int left) {
        List<Future<?>> round = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            round.add(client.ask(i % 2 == 0 ? JSON : WECHAT, delivery));
        }
        Future<?> over = Future.all(round);
        return left == 1 ? over : over.compose(answered -> rounds(client, delivery, left - 1));
    }
}
