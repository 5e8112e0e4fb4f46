package io.weir.receiver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.once.Pipelines;
import io.weir.http.OverloadRefusals;
import io.weir.http.RawHttp;
import io.weir.journal.Journal;
import io.weir.journal.Journalled;
import io.weir.wechat.codec.Credentials;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.codec.PushCodec;
import io.weir.wechat.crypto.AesKey;
import io.weir.wechat.crypto.MessageCrypto;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A receiver on a free port with four accounts: {@code plain}, {@code compatible} and {@code safe}, and {@code own}, which
 * is compatible and has an original id. Its clock stands at {@link Forge#NOW}; its pipeline is the test's.
 */
final class TestReceiver {
    static final String ANSWERED = "answered";

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(Forge.NOW), ZoneOffset.UTC);

    /** All pushes that came through the push port. */
    final Queue<Push> arrived = new ConcurrentLinkedQueue<>();

    /** Of each, or none. */
    final Queue<String> traceparents = new ConcurrentLinkedQueue<>();

    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Accounts accounts = new Accounts(accounts().values(), metrics);

    @SuppressWarnings("NullAway.Init") // set before anybody has it
    PushServer server;

    private int port;
    final Journal journal = new Journal(CLOCK);
    private final Vertx vertx;
    private final Function<Delivery<?>, Future<Reply>> inner;

    final Senders senders;

    private TestReceiver(Vertx vertx, Function<Delivery<?>, Future<Reply>> inner, PushAccess access) {
        this.vertx = vertx;
        this.inner = inner;
        this.senders = new Senders(access, metrics);
    }

    /** Answers every push with the text {@value #ANSWERED}. */
    static TestReceiver start(Vertx vertx) {
        return start(vertx, delivery -> Future.succeededFuture(Reply.text(ANSWERED)), Duration.ofSeconds(4));
    }

    static TestReceiver start(Vertx vertx, Function<Delivery<?>, Future<Reply>> inner, Duration deadline) {
        return start(vertx, inner, PushConfig.DEFAULT.withDeadline(deadline));
    }

    /** Answers every push with the text {@value #ANSWERED}. */
    static TestReceiver start(Vertx vertx, PushConfig config) {
        return start(vertx, delivery -> Future.succeededFuture(Reply.text(ANSWERED)), config);
    }

    private static TestReceiver start(Vertx vertx, Function<Delivery<?>, Future<Reply>> inner, PushConfig anywhere) {
        PushConfig config = anywhere.on("127.0.0.1", 0);
        TestReceiver receiver = new TestReceiver(vertx, inner, config.access());
        OverloadRefusals overload = new OverloadRefusals(receiver.metrics, "push");
        PushServer server = new PushServer(config, receiver::endpoint, overload, () -> true);
        await(vertx.deployVerticle(server));
        receiver.server = server;
        receiver.port = server.port();
        return receiver;
    }

    int port() {
        return port;
    }

    RawHttp connect() throws IOException {
        return new RawHttp(port);
    }

    /** Sends one request on a connection of its own. */
    String response(byte[] request) throws IOException {
        try (RawHttp http = connect()) {
            return http.send(request).response();
        }
    }

    double refusals(String account, String cause) {
        Counter counter = metrics.find("weir.refusals")
                .tags("account", account, "cause", cause)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    double connections() {
        return metrics.get("weir.connections").tag("port", "push").gauge().value();
    }

    /** What is shown as {@code weir_alarm_failures}. */
    double alarms(String account, String kind) {
        return metrics.get("weir.alarm.failures")
                .tags("account", account, "kind", kind)
                .gauge()
                .value();
    }

    double count(String name) {
        return metrics.find(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private PushEndpoint endpoint() {
        Function<Delivery<?>, Future<Reply>> recording = delivery -> {
            arrived.add(delivery.push());
            traceparents.add(delivery.traceparent().orElse("none"));
            return inner.apply(delivery);
        };
        return new PushEndpoint(
                accounts,
                new PushCodec(new MessageCrypto(new SecureRandom()::nextBytes), Duration.ofMinutes(10)),
                new Journalled(Pipelines.onceOnly(vertx, recording, metrics, CLOCK), journal, CLOCK),
                new Refusals(metrics, journal::addRefused),
                new PushEndpoint.Clocks(CLOCK, CLOCK),
                senders);
    }

    private static Map<String, Credentials> accounts() {
        return Map.of(
                "plain", account("plain", Mode.PLAINTEXT, Optional.empty()),
                "compatible", account("compatible", Mode.COMPATIBLE, Optional.empty()),
                "safe", account("safe", Mode.SAFE, Optional.empty()),
                "own", account("own", Mode.COMPATIBLE, Optional.of("gh_another00001")));
    }

    private static Credentials account(String name, Mode mode, Optional<String> originalId) {
        return new Credentials(
                name, Forge.APP_ID, List.of(Forge.TOKEN), List.of(AesKey.parse(Forge.AES_KEY)), mode, originalId);
    }

    private static void await(Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
