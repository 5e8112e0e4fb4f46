package io.weir.simulator.push;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.weir.simulator.push.DeliveryAttempt.AnswerReading;
import io.weir.simulator.push.DeliveryAttempt.DeliveryOutcome;
import io.weir.simulator.push.DeliveryAttempt.DeliveryOutcome.Responded;
import io.weir.simulator.push.DeliveryAttempt.DeliveryOutcome.Unanswered;
import io.weir.simulator.push.PushSigner.SignedPush;
import io.weir.simulator.time.RealTime;
import io.weir.simulator.time.SimulatedTime;
import io.weir.simulator.time.SimulatedTime.Alarm;
import io.weir.wechat.crypto.MessageCrypto;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Makes single attempts to deliver a push as WeChat does: signed, over a connection of its own, cut after five seconds; {@link
 * Courier} makes as many as it takes. Any thread; holds a client until {@link #close()}.
 */
public final class Pusher {
    /** How long WeChat waits for an answer, connecting included. */
    public static final Duration WECHAT_LIMIT = Duration.ofSeconds(5);

    private static final int MOST_PORT = 65_535;
    private static final int MAX_ANSWER_BYTES = 1 << 20;

    private final HttpClient client;
    private final SimulatedTime time;
    private final Duration limit;
    private final SecureRandom random = new SecureRandom();

    /** As WeChat, in real time. */
    public Pusher(Vertx vertx) {
        this(vertx, new RealTime(vertx), WECHAT_LIMIT, Connections.LIKE_WECHAT);
    }

    /**
     * @param time what cuts, signs and measures
     * @param limit {@link #WECHAT_LIMIT}, or less for a test in real time
     */
    public Pusher(Vertx vertx, SimulatedTime time, Duration limit, Connections connections) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setKeepAlive(connections.kept())
                        .setDecompressionSupported(false)
                        .setConnectTimeout((int) limit.toMillis()),
                new PoolOptions().setHttp1MaxSize(connections.most()));
        this.time = time;
        this.limit = limit;
    }

    /** Whether pushes can be sent there: http or https, a host, a port that exists, no fragment. */
    public static boolean isPushUrl(URI url) {
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        boolean port = url.getPort() <= MOST_PORT;
        return http && port && url.getHost() != null && url.getRawFragment() == null;
    }

    /**
     * One attempt. Never fails for what the gateway does: that is the {@link DeliveryOutcome}.
     *
     * @param target the URL of the account's settings page
     */
    public Future<DeliveryAttempt> push(SimulatedPush push, SimulatedAccount account, URI target) {
        return attempt(new PushRequest(push, account, target), 1, Duration.ZERO);
    }

    /**
     * Asks the server as WeChat does when the URL is saved on its settings page. Never fails for what the server does.
     *
     * @param target the URL of the account's settings page
     */
    public Future<UrlVerification> verify(SimulatedAccount account, URI target) {
        return new UrlVerifier(this).verify(account, target);
    }

    /** @param clockOffset how far the clock that the signature is made with is ahead of {@link #time()} */
    Future<DeliveryAttempt> attempt(PushRequest pushRequest, int number, Duration clockOffset) {
        MessageCrypto crypto = new MessageCrypto(random::nextBytes);
        SignedPush request = signed(pushRequest, crypto, clockOffset);
        Instant start = time.clock().instant();
        RequestOptions options =
                options(HttpMethod.POST, request.uri()).putHeader(HttpHeaders.CONTENT_TYPE, SignedPush.CONTENT_TYPE);
        return exchange(options, Buffer.buffer(request.body()))
                .map(answer -> outcome(answer, pushRequest, start, crypto))
                .otherwise(
                        failure -> new Unanswered(AnswerProblem.of(failure, pushRequest.target(), limit), since(start)))
                .map(outcome -> new DeliveryAttempt(number, start, request, outcome));
    }

    /** An attempt that a fault keeps from the gateway. */
    DeliveryAttempt unreached(PushRequest pushRequest, int number, Duration clockOffset) {
        SignedPush request = signed(pushRequest, new MessageCrypto(random::nextBytes), clockOffset);
        Unanswered outcome = new Unanswered("no connection: the fault \"unreachable\" stands", Duration.ZERO);
        return new DeliveryAttempt(number, time.clock().instant(), request, outcome);
    }

    private SignedPush signed(PushRequest pushRequest, MessageCrypto crypto, Duration clockOffset) {
        return new PushSigner(crypto, Clock.offset(time.clock(), clockOffset), this::nonce)
                .sign(pushRequest.push(), pushRequest.account(), pushRequest.target());
    }

    /** What it takes the time from. */
    SimulatedTime time() {
        return time;
    }

    /** Closes what is open. */
    public Future<Void> close() {
        return client.close();
    }

    /** Looking up the host counts, too; a connection that comes too late is not used and not left open. */
    Future<Answer> exchange(RequestOptions request, Buffer body) {
        Promise<Answer> first = Promise.promise();
        Alarm cut = time.after(limit, () -> first.tryFail(new TimeoutException()));
        Future<HttpClientRequest> opening = client.request(request);
        opening.compose(open -> first.future().isComplete() ? first.future() : send(open, body))
                .onSuccess(first::tryComplete)
                .onFailure(first::tryFail);
        return first.future()
                .onFailure(failure -> opening.onSuccess(HttpClientRequest::reset))
                .onComplete(over -> cut.cancel());
    }

    static RequestOptions options(HttpMethod method, URI uri) {
        return new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(uri.toString())
                .putHeader(HttpHeaders.ACCEPT, "*/*")
                .putHeader(HttpHeaders.USER_AGENT, "Mozilla/4.0");
    }

    private static Future<Answer> send(HttpClientRequest open, Buffer body) {
        return (open.getMethod().equals(HttpMethod.GET) ? open.send() : open.send(body)).compose(Pusher::read);
    }

    private static Future<Answer> read(HttpClientResponse response) {
        Optional<String> location = Optional.ofNullable(response.getHeader(HttpHeaders.LOCATION));
        return AnswerBody.read(response, MAX_ANSWER_BYTES)
                .map(body -> new Answer(response.statusCode(), location, body));
    }

    private DeliveryOutcome outcome(Answer answer, PushRequest pushRequest, Instant start, MessageCrypto crypto) {
        Duration taken = since(start);
        AnswerReading reading = new AnswerReader(crypto)
                .read(
                        pushRequest.push(),
                        pushRequest.account(),
                        answer.status(),
                        answer.body().getBytes());
        return new Responded(answer.status(), reading, taken);
    }

    /** Never negative, even if the machine's clock was set back meanwhile. */
    private Duration since(Instant start) {
        Duration passed = Duration.between(start, time.clock().instant());
        return passed.isNegative() ? Duration.ZERO : passed;
    }

    private String nonce() {
        return Integer.toString(random.nextInt(100_000_000, Integer.MAX_VALUE));
    }

    /** @param location where a redirect leads */
    record Answer(int status, Optional<String> location, Buffer body) {}

    /** Reads the body of an answer, but not more than a limit. */
    static final class AnswerBody {
        private AnswerBody() {}

        /**
         * The whole body. Fails with an {@link IOException} when it is longer than {@code maxBytes}, and with what the
         * connection failed with when it ends early. To be called where the response is received, before its body arrives.
         */
        static Future<Buffer> read(HttpClientResponse response, int maxBytes) {
            Promise<Buffer> whole = Promise.promise();
            Buffer body = Buffer.buffer();
            response.handler(chunk -> {
                if (body.length() + chunk.length() > maxBytes) {
                    whole.tryFail(new IOException("the answer is longer than " + maxBytes + " bytes"));
                } else {
                    body.appendBuffer(chunk);
                }
            });
            response.endHandler(end -> whole.tryComplete(body));
            response.exceptionHandler(whole::tryFail);
            return whole.future();
        }
    }

    /** Why no answer came, in words for the person who sent the push. */
    static final class AnswerProblem {
        private static final int LONGEST_REASON = 100;

        private AnswerProblem() {}

        static String of(Throwable failure, URI target, Duration limit) {
            String where = target.getRawAuthority();
            boolean connectTimedOut = failure instanceof ConnectException
                    && String.valueOf(failure.getMessage()).contains("timed out");
            if (failure instanceof TimeoutException || connectTimedOut) {
                return "no answer from " + where + " within " + limit.toMillis() + " ms, when WeChat hangs up";
            }
            if (failure instanceof ConnectException) {
                return "connection refused at " + where + "; is the server running? Weir itself starts with: weir dev";
            }
            if (failure instanceof UnknownHostException) {
                return "there is no host " + target.getHost();
            }
            if (failure instanceof SSLException) {
                return "no TLS connection to " + where + ": " + reason(failure);
            }
            if (failure instanceof HttpClosedException) {
                return where + " closed the connection before its answer was complete";
            }
            return "no usable answer from " + where + ": " + failure;
        }

        /** What the innermost cause says: the outer ones of a failed handshake say nothing. */
        private static String reason(Throwable failure) {
            Throwable innermost = failure;
            while (innermost.getCause() != null) {
                innermost = innermost.getCause();
            }
            String said = Objects.requireNonNullElse(innermost.getMessage(), innermost.toString());
            return said.substring(0, Math.min(said.length(), LONGEST_REASON));
        }
    }

    /**
     * How pushes travel.
     *
     * @param most at the same time to one gateway; a push beyond waits, and its waiting counts as the gateway's time
     * @param kept whether a connection carries more than one push, which WeChat's do not (push-protocol.md §9)
     */
    public record Connections(int most, boolean kept) {
        /** More than any simulation needs. */
        public static final int MOST = 1000;

        /** As WeChat's: one for each push. */
        public static final Connections LIKE_WECHAT = new Connections(MOST, false);

        public Connections {
            if (most < 1 || most > MOST) {
                throw new IllegalArgumentException("expected 1 to " + MOST + " connections, found " + most);
            }
        }
    }

    /**
     * A push on its way.
     *
     * @param target the URL of the account's settings page
     */
    record PushRequest(SimulatedPush push, SimulatedAccount account, URI target) {}
}
