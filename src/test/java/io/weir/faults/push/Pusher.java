package io.weir.faults.push;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.weir.faults.push.Attempt.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Delivers pushes as WeChat does (push-protocol.md §7): five seconds for an answer, then the connection is cut and the same
 * push sent again at once, three attempts in all, each over a connection of its own. Writes the first of the two ledgers.
 */
public final class Pusher implements AutoCloseable {
    private static final int ATTEMPTS = 3;
    private static final long LIMIT_MILLIS = 5_000;
    private static final int CONNECTIONS = 20_000;
    private static final int CLOSE_SECONDS = 10;
    private static final long TICK_MILLIS = 50;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient http;
    private final boolean keepsConnections;
    private final Queue<Attempt> ledger = new ConcurrentLinkedQueue<>();
    private long lastTick = System.nanoTime();
    private volatile long longestStallNanos;

    /** One as WeChat is. */
    public Pusher() {
        this(false);
    }

    private Pusher(boolean keepsConnections) {
        this.keepsConnections = keepsConnections;
        http = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(keepsConnections).setConnectTimeout((int) LIMIT_MILLIS),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        vertx.setPeriodic(TICK_MILLIS, tick -> tick());
    }

    private void tick() {
        long now = System.nanoTime();
        longestStallNanos = Math.max(longestStallNanos, now - lastTick - TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
        lastTick = now;
    }

    /** The longest time for which it was at a standstill itself: what was late or slow then may have been so here. */
    public Duration longestStall() {
        return Duration.ofNanos(longestStallNanos);
    }

    /** One that uses its connections again, so that it takes little of what is measured; WeChat is not so kind. */
    public static Pusher keepingConnections() {
        return new Pusher(true);
    }

    /** Every attempt that has ended so far. */
    public List<Attempt> ledger() {
        return List.copyOf(ledger);
    }

    /** Delivers a push to a port of this machine, with up to three attempts; never fails. */
    public Future<Attempt> deliver(Push push, int port) {
        return deliver(push, SignedRequest.of(push), 1, port);
    }

    /** The same, and once more after each of these times, as if WeChat had not heard the first answer; never fails. */
    public Future<?> deliver(Push push, int port, List<Duration> again) {
        SignedRequest request = SignedRequest.of(push);
        List<Future<Attempt>> all = new ArrayList<>(List.of(deliver(push, request, 1, port)));
        for (Duration later : again) {
            all.add(vertx.timer(Math.max(1, later.toMillis()))
                    .compose(now -> deliver(push, push.signedAfresh() ? SignedRequest.of(push) : request, 2, port)));
        }
        return Future.join(all);
    }

    private Future<Attempt> deliver(Push push, SignedRequest request, int number, int port) {
        return attempt(push, request, number, port).compose(attempt -> {
            boolean over = attempt.isAccepted() || number == ATTEMPTS;
            SignedRequest again = push.signedAfresh() ? SignedRequest.of(push) : request;
            return over ? Future.succeededFuture(attempt) : deliver(push, again, number + 1, port);
        });
    }

    /** One attempt; never fails. */
    public Future<Attempt> attempt(Push push, SignedRequest request, int number, int port) {
        long start = System.nanoTime();
        long sentAt = System.currentTimeMillis();
        return post(request, port)
                .map(answer -> answer.isOk()
                        ? new Read(Outcome.ACCEPTED, Replies.plaintext(push, answer.body()))
                        : new Read(Outcome.FAILED, "status " + answer.status()))
                .otherwise(failure -> failure instanceof LateException
                        ? new Read(Outcome.LATE, "")
                        : new Read(Outcome.FAILED, String.valueOf(failure.getMessage())))
                .map(read -> {
                    double millis = (System.nanoTime() - start) / 1e6;
                    return new Attempt(push.id(), number, sentAt, millis, read.outcome(), read.text());
                })
                .onSuccess(ledger::add);
    }

    /** Posts a request that is in no ledger, and fails when five seconds are over. */
    public Future<HttpAnswer> post(SignedRequest request, int port) {
        Promise<HttpAnswer> answer = Promise.promise();
        vertx.runOnContext(now -> {
            long timer = vertx.setTimer(LIMIT_MILLIS, id -> answer.tryFail(new LateException()));
            once(request, port, answer.future())
                    .recover(failure -> mayHaveMetAClosing(failure)
                            ? once(request, port, answer.future())
                            : Future.failedFuture(failure))
                    .onSuccess(answer::tryComplete)
                    .onFailure(answer::tryFail);
            answer.future().onComplete(done -> vertx.cancelTimer(timer));
        });
        return answer.future();
    }

    private Future<HttpAnswer> once(SignedRequest request, int port, Future<HttpAnswer> whole) {
        String uri = "/wx/" + Account.RIG.name() + "?" + request.query();
        return http.request(HttpMethod.POST, port, "127.0.0.1", uri).compose(head -> send(head, request, whole));
    }

    /** The balancer closes a kept connection when it likes: a request that meets that is sent again (RFC 9112 §9.3.1). */
    private boolean mayHaveMetAClosing(Throwable failure) {
        return keepsConnections && failure instanceof HttpClosedException;
    }

    private static Future<HttpAnswer> send(HttpClientRequest head, SignedRequest request, Future<HttpAnswer> whole) {
        whole.onFailure(late -> head.reset());
        if (whole.isComplete()) {
            return whole;
        }
        return head.putHeader("Content-Type", "text/xml")
                .send(Buffer.buffer(request.body()))
                .compose(response ->
                        response.body().map(body -> new HttpAnswer(response.statusCode(), body.toString())));
    }

    @Override
    public void close() {
        vertx.close()
                .timeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** What came back over HTTP. */
    public record HttpAnswer(int status, String body) {
        boolean isOk() {
            return status == 200;
        }
    }

    private record Read(Outcome outcome, String text) {}

    /** Five seconds are over. */
    private static final class LateException extends RuntimeException {
        private static final long serialVersionUID = 1;

        LateException() {
            super("no answer within five seconds", null, false, false);
        }
    }
}
