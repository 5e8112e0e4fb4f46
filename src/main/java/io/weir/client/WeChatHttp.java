package io.weir.client;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.client.impl.ClientPhase;
import io.vertx.ext.web.client.impl.HttpContext;
import io.weir.client.WeChatException.Kind;
import io.weir.config.Secret;
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

    private final WebClient client;
    private final WeChatConfig config;

    WeChatHttp(Vertx vertx, WeChatConfig config, PoolOptions pool) {
        this.config = config;
        WebClientOptions options = new WebClientOptions()
                .setFollowRedirects(false)
                .setUserAgent("weir")
                .setConnectTimeout(
                        (int) Math.min(MAX_CONNECT_MILLIS, config.timeout().toMillis()))
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setTcpKeepAlive(true)
                .setUseAlpn(false);
        this.client = WebClient.create(vertx, options, pool).addInterceptor(WeChatHttp::watch);
    }

    /** One request, one answer. */
    Future<RawResponse> send(Call call, Optional<Secret> token, Duration limit) {
        TrackedRequest exchange = new TrackedRequest(call.maxAnswerBytes());
        HttpRequest<Buffer> request = client.request(target(call, token))
                .connectTimeout(limit.toMillis())
                .as(exchange);
        call.payload().ifPresent(payload -> request.putHeader("Content-Type", payload.contentType()));
        return call.payload()
                .map(payload -> request.sendBuffer(payload.bytes()))
                .orElseGet(request::send)
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .map(RawResponse::of)
                .recover(failure -> {
                    exchange.cut();
                    return Future.failedFuture(failure(call, exchange, failure, limit));
                });
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

    /** Lets an {@link TrackedRequest} see its request between the connection and the sending. */
    private static void watch(HttpContext<?> context) {
        boolean sends = context.phase() == ClientPhase.SEND_REQUEST;
        if (sends
                && context.request().bodyCodec() instanceof TrackedRequest exchange
                && !exchange.begin(context.clientRequest())) {
            context.fail(new TimeoutException());
        } else {
            context.next();
        }
    }

    private WeChatException failure(Call call, TrackedRequest exchange, Throwable failure, Duration limit) {
        if (exchange.isTooLarge()) {
            return WeChatException.of(
                    Kind.GARBAGE,
                    "expected an answer of at most " + call.maxAnswerBytes() + " bytes from " + call
                            + ", got a larger one");
        }
        if (exchange.isSent()) {
            return WeChatException.of(Kind.NO_ANSWER, "no answer to " + call + ": " + reason(failure, limit));
        }
        return WeChatException.of(
                Kind.UNREACHABLE,
                "no connection to " + config.baseUri().getHost() + " for " + call + ": " + reason(failure, limit)
                        + "; check the network, DNS and wechat.baseUri");
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
