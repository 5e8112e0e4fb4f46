package io.weir.client;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.weir.client.WeChatException.Kind;
import io.weir.config.Secret;
import io.weir.http.TraceParent;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Single requests to WeChat's API and their raw answers: bounded in time, size and number, following no redirect.
 *
 * <p>Any thread. Fails with a {@link WeChatException} of kind UNREACHABLE when the request was surely not sent, NO_ANSWER
 * when it may have been, GARBAGE when the answer is too large. No message has anything of the URL but its path.
 */
final class WeChatHttp {
    /** More calls than these are refused at once: they would not be answered in time either. */
    static final PoolOptions POOL = new PoolOptions().setHttp1MaxSize(32).setMaxWaitQueueSize(512);

    private static final int MAX_CONNECT_MILLIS = 3_000;
    /** Shorter than balancers keep a connection: a request on one that is being closed would have an unclear end. */
    private static final int KEEP_ALIVE_SECONDS = 15;

    private final HttpClient client;
    private final WeChatConfig config;

    WeChatHttp(Vertx vertx, WeChatConfig config, PoolOptions pool) {
        this.config = config;
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(
                        (int) Math.min(MAX_CONNECT_MILLIS, config.timeout().toMillis()))
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setTcpKeepAlive(true)
                .setUseAlpn(false);
        this.client = vertx.createHttpClient(options, pool);
    }

    /** One request, one answer. */
    Future<RawResponse> send(Call call, Optional<Secret> token, Duration limit) {
        TrackedRequest exchange = new TrackedRequest(call);
        return client.request(target(call, token).setConnectTimeout(limit.toMillis()))
                .compose(exchange::send)
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> {
                    exchange.end();
                    return Future.failedFuture(failure(exchange, failure, limit));
                });
    }

    /** One request and its answer. Any thread. */
    private static final class TrackedRequest {
        private final Call call;
        private @Nullable HttpClientRequest sent;
        private boolean ended;
        private boolean tooLarge;

        TrackedRequest(Call call) {
            this.call = call;
        }

        /**
         * There is a connection: sends the request, but when its time ended while it waited for one. Who takes the answer is
         * said before, since it comes on another thread.
         */
        synchronized Future<RawResponse> send(HttpClientRequest request) {
            if (ended) {
                request.reset();
                return Future.failedFuture(new TimeoutException());
            }
            sent = request;
            // What ends it is told by the answer's future; without a handler it would be logged as well.
            request.exceptionHandler(told -> {}).putHeader(HttpHeaders.USER_AGENT, "weir");
            call.manner().traceparent().ifPresent(value -> request.putHeader(TraceParent.HEADER, value));
            Future<RawResponse> answer = request.response().compose(this::receive);
            call.payload().ifPresentOrElse(payload -> payload.sendWith(request), request::send);
            return answer;
        }

        /** Gathers the answer; the rest of one that is handed on stays where it is, until somebody reads it. */
        private Future<RawResponse> receive(HttpClientResponse response) {
            Promise<RawResponse> answer = Promise.promise();
            Buffer body = Buffer.buffer();
            response.exceptionHandler(answer::tryFail);
            response.endHandler(end -> answer.tryComplete(RawResponse.of(response, body, Optional.empty())));
            response.handler(chunk -> {
                if (call.manner().handedOn() && !isGathered(body, chunk)) {
                    response.pause();
                    answer.tryComplete(RawResponse.of(response, body.appendBuffer(chunk), Optional.of(response)));
                } else if (body.length() + chunk.length() <= call.maxAnswerBytes()) {
                    body.appendBuffer(chunk);
                } else {
                    tooLarge();
                }
            });
            return answer.future();
        }

        /** Whether all of an answer must have come before it is handed on: it may be WeChat's refusal. */
        private boolean isGathered(Buffer body, Buffer chunk) {
            byte first = (body.length() > 0 ? body : chunk).getByte(0);
            return !RawResponse.isFile(first) && body.length() + chunk.length() <= call.maxAnswerBytes();
        }

        private synchronized void tooLarge() {
            tooLarge = true;
            end();
        }

        /** Ends it, and with it the connection: whoever answers so slowly gets no second request on it. */
        synchronized void end() {
            ended = true;
            if (sent != null) {
                sent.reset();
            }
        }

        /** Whether something of it may have reached WeChat. */
        synchronized boolean isSent() {
            return sent != null;
        }

        synchronized boolean isTooLarge() {
            return tooLarge;
        }
    }

    private RequestOptions target(Call call, Optional<Secret> token) {
        URI base = config.baseUri();
        boolean ssl = "https".equalsIgnoreCase(base.getScheme());
        String host = base.getHost().replaceAll("^\\[|\\]$", "");
        String prefix = Optional.ofNullable(base.getRawPath()).orElse("").replaceAll("/+$", "");
        return new RequestOptions()
                .setMethod(call.method())
                .setHost(host)
                .setPort(base.getPort() > 0 ? base.getPort() : ssl ? 443 : 80)
                .setSsl(ssl)
                .setURI(prefix + call.path() + query(call, token));
    }

    private static String query(Call call, Optional<Secret> token) {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        token.ifPresent(value -> query.add("access_token=" + encoded(value.reveal())));
        for (Map.Entry<String, String> each : call.query().entrySet()) {
            query.add(each.getKey() + "=" + encoded(each.getValue()));
        }
        for (Map.Entry<String, Secret> each : call.secretQuery().entrySet()) {
            query.add(each.getKey() + "=" + encoded(each.getValue().reveal()));
        }
        return query.toString();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private WeChatException failure(TrackedRequest exchange, Throwable failure, Duration limit) {
        Call call = exchange.call;
        if (exchange.isTooLarge()) {
            return WeChatException.of(
                    Kind.GARBAGE,
                    "expected an answer of at most " + call.maxAnswerBytes() + " bytes from " + call
                            + ", got a larger one");
        }
        if (exchange.isSent()) {
            return WeChatException.of(Kind.NO_ANSWER, "no answer to " + call + ": " + reason(failure, limit));
        }
        String message = "no connection to " + config.baseUri().getHost() + " for " + call + ": "
                + reason(failure, limit) + "; check the network, DNS and wechat.baseUri";
        return failure instanceof UnknownHostException
                ? WeChatException.nameUnresolved(message)
                : WeChatException.of(Kind.UNREACHABLE, message);
    }

    /** Not the exception's own words, which nobody has promised to be harmless. */
    private static String reason(Throwable failure, Duration limit) {
        if (failure instanceof TimeoutException) {
            return "the time is over (" + limit.toMillis() + " ms)";
        }
        if (failure instanceof ConnectionPoolTooBusyException) {
            return "too many calls wait already";
        }
        if (failure instanceof HttpClosedException) {
            return "the connection was closed";
        }
        if (failure instanceof UnknownHostException) {
            return "the name leads to no address";
        }
        if (failure instanceof ConnectException) {
            return failure instanceof ConnectTimeoutException ? "nobody answers there" : "nothing listens there";
        }
        if (failure instanceof SSLException) {
            return "no agreement on TLS";
        }
        return failure.getClass().getSimpleName();
    }
}
