package io.weir.backend;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.weir.backend.BackendException.Kind;
import io.weir.backend.BackendFormat.Request;
import io.weir.dispatch.once.Deadlines;
import io.weir.dispatch.once.Loop;
import io.weir.http.TraceParent;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts to one backend and brings the whole answer, bounded in time and size: connections are kept, redirects are not followed,
 * compression is not asked for and not taken. One instance per event loop.
 *
 * <p>Fails with a {@link BackendException}, none of which has anything of the URL.
 */
final class BackendHttp {
    static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final int MAX_CONNECT_MILLIS = 3_000;
    /** Shorter than servers keep an idle connection by default; Node.js's does for 5 s. */
    private static final int KEEP_ALIVE_SECONDS = 4;

    private final HttpClient client;
    private final Deadlines deadlines;
    private final String host;
    private final int port;
    /** With the query that the configuration has. */
    private final String path;

    /** Those that have brought an answer: when the server closes one that lay idle, a request may be on its way already. */
    private final Set<HttpConnection> used = Collections.newSetFromMap(new WeakHashMap<>());

    BackendHttp(Vertx vertx, BackendConfig config) {
        URI url = config.url();
        this.host = url.getHost().replaceAll("^\\[|\\]$", "");
        this.port = url.getPort() > 0 ? url.getPort() : isTls(url) ? 443 : 80;
        String query = url.getRawQuery();
        this.path = (url.getRawPath().isEmpty() ? "/" : url.getRawPath()) + (query == null ? "" : "?" + query);
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(
                        (int) Math.min(MAX_CONNECT_MILLIS, config.timeout().toMillis()))
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setTcpKeepAlive(true)
                .setSsl(isTls(url));
        config.tls().ca().ifPresent(ca -> options.setTrustOptions(new PemTrustOptions().addCertPath(ca.toString())));
        if (config.tls().cert().isPresent() && config.tls().key().isPresent()) {
            options.setKeyCertOptions(new PemKeyCertOptions()
                    .setCertPath(config.tls().cert().get().toString())
                    .setKeyPath(config.tls().key().get().toString()));
        }
        // As many connections as requests may be in flight: none ever waits for one.
        PoolOptions pool =
                new PoolOptions().setHttp1MaxSize(config.maxInFlight()).setMaxWaitQueueSize(config.maxInFlight());
        // What breaks a connection fails the request on it, which is told; Vert.x would log it as well.
        this.deadlines = new Deadlines(Loop.current(vertx));
        this.client = vertx.httpClientBuilder()
                .with(options)
                .with(pool)
                .withConnectHandler(connection -> connection.exceptionHandler(told -> {}))
                .build();
    }

    private static boolean isTls(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    /**
     * An answer of whatever status.
     *
     * @param contentType in lower case and without parameters; empty where there is none
     * @param encoded whether it is compressed
     */
    record RawAnswer(int status, String contentType, boolean encoded, Optional<Duration> retryAfter, Buffer body) {}

    /** One request; on a connection that the backend has just closed, two. */
    Future<RawAnswer> post(Request request, Duration limit, Optional<String> traceparent) {
        PendingRequest pending = new PendingRequest(request, limit, traceparent);
        deadlines.add(pending);
        pending.ask();
        return pending.ended.future();
    }

    private String target(Request request) {
        String separator = path.contains("?") ? "&" : "?";
        return request.query().isEmpty() ? path : path + separator + request.query();
    }

    /** A request and its answer. */
    private final class PendingRequest implements Deadlines.Entry {
        private final Request asked;
        private final Duration limit;
        private final Optional<String> traceparent;
        private final long deadlineNanos;
        private final Promise<RawAnswer> ended = Promise.promise();
        private final Buffer body = Buffer.buffer();
        private @Nullable HttpClientRequest sent;
        private boolean answered;
        private boolean repeated;
        private boolean over;

        PendingRequest(Request asked, Duration limit, Optional<String> traceparent) {
            this.asked = asked;
            this.traceparent = traceparent;
            this.limit = limit;
            this.deadlineNanos = System.nanoTime() + limit.toNanos();
        }

        void ask() {
            try {
                client.request(HttpMethod.POST, port, host, target(asked)).onComplete(this::send, this::failed);
            } catch (IllegalStateException closed) {
                // Whoever has opened the client has ended meanwhile.
                repeated = true;
                failed(closed);
            }
        }

        private void send(HttpClientRequest request) {
            if (over) {
                request.exceptionHandler(told -> {}).reset();
                return;
            }
            sent = request;
            request.exceptionHandler(told -> {});
            request.setFollowRedirects(false).putHeader(HttpHeaders.USER_AGENT, "weir");
            asked.headers().forEach(request::putHeader);
            traceparent.ifPresent(value -> request.putHeader(TraceParent.HEADER, value));
            request.send(asked.body()).onComplete(this::receive, this::failed);
        }

        private void receive(HttpClientResponse response) {
            answered = true;
            used.add(response.request().connection());
            response.exceptionHandler(this::failed);
            response.handler(chunk -> {
                if (body.length() + chunk.length() > MAX_ANSWER_BYTES) {
                    failed(tooLarge(response.statusCode()));
                } else {
                    body.appendBuffer(chunk);
                }
            });
            response.endHandler(end -> {
                if (!over) {
                    over = true;
                    ended.complete(received(response, body));
                }
            });
        }

        private void failed(Throwable failure) {
            if (over) {
                return;
            }
            if (isStale() && !repeated) {
                repeated = true;
                ask();
                return;
            }
            over = true;
            if (sent != null) {
                sent.reset();
            }
            ended.fail(reason(failure, limit));
        }

        /** Whether the request was lost with a connection that had lain idle. */
        private boolean isStale() {
            return sent != null && !answered && used.contains(sent.connection());
        }

        @Override
        public long deadlineNanos() {
            return deadlineNanos;
        }

        @Override
        public boolean isOver() {
            return over;
        }

        @Override
        public void pass() {
            repeated = true;
            failed(new TimeoutException());
        }
    }

    private static BackendException tooLarge(int status) {
        return status == 200
                ? new BackendException(Kind.TOO_LARGE, "expected at most " + MAX_ANSWER_BYTES + " bytes")
                : status(status);
    }

    /** The backend has answered with a status that brings no reply. */
    static BackendException status(int status) {
        return status(status, Optional.empty());
    }

    private static BackendException status(int status, Optional<Duration> retryAfter) {
        return new BackendException(Kind.STATUS, "expected status 200 or 204, found " + status, status, retryAfter);
    }

    /** The backend has not taken what it was sent. */
    static BackendException refused(RawAnswer received) {
        return status(received.status(), received.retryAfter());
    }

    private static RawAnswer received(HttpClientResponse response, Buffer body) {
        String type = Optional.ofNullable(response.getHeader(HttpHeaders.CONTENT_TYPE))
                .orElse("");
        int parameters = type.indexOf(';');
        String media =
                (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
        String encoding = Optional.ofNullable(response.getHeader(HttpHeaders.CONTENT_ENCODING))
                .orElse("identity");
        boolean encoded = !encoding.equalsIgnoreCase("identity");
        return new RawAnswer(response.statusCode(), media, encoded, retryAfter(response), body);
    }

    /** In seconds; as a date nobody sends it to a machine. */
    private static Optional<Duration> retryAfter(HttpClientResponse response) {
        String text = response.statusCode() / 100 == 2 ? null : response.getHeader(HttpHeaders.RETRY_AFTER);
        return text != null && text.matches("[0-9]{1,6}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                : Optional.empty();
    }

    /** Not the exception's own words, which nobody has promised to be harmless. */
    private static BackendException reason(Throwable failure, Duration limit) {
        if (failure instanceof BackendException known) {
            return known;
        }
        if (failure instanceof ConnectTimeoutException) {
            return new BackendException(Kind.UNREACHABLE, "nobody answers there");
        }
        if (failure instanceof TimeoutException) {
            return new BackendException(Kind.TIMEOUT, "no whole answer within " + limit.toMillis() + " ms");
        }
        if (failure instanceof SSLException) {
            return new BackendException(Kind.TLS, "no agreement on TLS: the certificate, the host name or the version");
        }
        if (failure instanceof UnknownHostException) {
            return new BackendException(Kind.UNREACHABLE, "the name leads to no address");
        }
        return failure instanceof ConnectException
                ? new BackendException(Kind.UNREACHABLE, "nothing listens there")
                : new BackendException(Kind.UNREACHABLE, "the connection was closed before the whole answer");
    }
}
