package io.weir.simulator.push;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.weir.simulator.push.Outcome.Answered;
import io.weir.simulator.push.Outcome.Unanswered;
import io.weir.wechat.crypto.MessageCrypto;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Delivers pushes as WeChat does: over a connection of its own, cut after five seconds. Any thread; holds a client until
 * {@link #close()}.
 */
public final class Pusher {
    /** How long WeChat waits for an answer, connecting included. */
    public static final Duration WECHAT_LIMIT = Duration.ofSeconds(5);

    private static final int MAX_ANSWER_BYTES = 1 << 20;

    private final HttpClient client;
    private final Duration limit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param limit {@link #WECHAT_LIMIT}, or less for a test */
    public Pusher(Vertx vertx, Duration limit, Clock clock) {
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setDecompressionSupported(false)
                .setConnectTimeout((int) limit.toMillis()));
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * One attempt. Never fails for what the gateway does: that is the {@link Outcome}.
     *
     * @param target the URL of the account's settings page
     */
    public Future<Delivery> push(SimulatedPush push, SimulatedAccount account, URI target) {
        PushSigner signer = new PushSigner(new MessageCrypto(random::nextBytes), clock, this::nonce);
        SignedPush request = signer.sign(push, account, target);
        Attempt attempt = new Attempt(push, account, request, System.nanoTime());
        return open(request)
                .compose(open -> exchange(open, attempt))
                .otherwise(failure -> new Unanswered(Problem.of(failure, target, limit), attempt.time()))
                .map(outcome -> new Delivery(push, account, request, outcome));
    }

    /** Closes what is open. */
    public Future<Void> close() {
        return client.close();
    }

    /** Looking up the host counts, too; a connection that comes too late is not left open. */
    private Future<HttpClientRequest> open(SignedPush request) {
        Future<HttpClientRequest> opening = client.request(options(request));
        return opening.timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(tooLate -> opening.onSuccess(HttpClientRequest::reset));
    }

    private static RequestOptions options(SignedPush request) {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(request.uri().toString())
                .putHeader(HttpHeaders.CONTENT_TYPE, SignedPush.CONTENT_TYPE)
                .putHeader(HttpHeaders.ACCEPT, "*/*")
                .putHeader(HttpHeaders.USER_AGENT, "Mozilla/4.0");
    }

    private Future<Outcome> exchange(HttpClientRequest open, Attempt attempt) {
        long millisLeft = Math.max(1, limit.minus(attempt.time()).toMillis());
        return open.send(Buffer.buffer(attempt.request().body()))
                .compose(response -> read(response, attempt))
                .timeout(millisLeft, TimeUnit.MILLISECONDS)
                .onFailure(failure -> open.reset());
    }

    private Future<Outcome> read(HttpClientResponse response, Attempt attempt) {
        return BoundedBody.read(response, MAX_ANSWER_BYTES).map(body -> {
            Duration time = attempt.time();
            Reading reading = new AnswerReader(new MessageCrypto(random::nextBytes))
                    .read(attempt.push(), attempt.account(), response.statusCode(), body.getBytes());
            return new Answered(response.statusCode(), reading, time);
        });
    }

    private String nonce() {
        return Integer.toString(random.nextInt(100_000_000, Integer.MAX_VALUE));
    }

    private record Attempt(SimulatedPush push, SimulatedAccount account, SignedPush request, long startNanos) {
        Duration time() {
            return Duration.ofNanos(System.nanoTime() - startNanos);
        }
    }
}
