package io.weir.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.weir.client.Call;
import io.weir.client.Call.Payload;
import io.weir.client.Call.Repeat;
import io.weir.client.RawResponse;
import io.weir.client.WeChatClient;
import io.weir.http.TraceParent;
import io.weir.http.api.Access;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import io.weir.http.api.Right;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes somebody else's calls of WeChat's API with the account's credential: a backend needs one token of ours and no access
 * to WeChat's. Such calls have the budgets, the pauses, the renewal of a refused token and the explained errors of our own.
 *
 * <p>Bodies up to {@value #MAX_BYTES} bytes are read whole and repeated where that is safe; larger ones, up to
 * {@value #MAX_STREAMED_BYTES}, are streamed, once. What WeChat answers is handed on byte for byte, files as they come; refusals are
 * told as problems, as everywhere on the admin port.
 */
record WeChatPassThrough(Vertx vertx, WeChatClient wechat) {
    static final int MAX_BYTES = 1 << 20;
    static final long MAX_STREAMED_BYTES = 64L << 20;

    private static final ApiRoute.BodyLimit BODY = new ApiRoute.BodyLimit(MAX_BYTES, MAX_STREAMED_BYTES);
    private static final Duration FILE_TIME = Duration.ofMinutes(2);
    private static final String TOKEN = "access_token";

    /** The path below the API's root, each part of which is a word of WeChat's. */
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*");

    /** Credentials have their own keeper, and quotas are not for others to reset. */
    private static final Set<String> KEPT =
            Set.of("cgi-bin/token", "cgi-bin/stable_token", "cgi-bin/ticket/getticket", "cgi-bin/clear_quota");

    /** A GET that is an order: not made twice, unless it was surely not executed. */
    private static final Pattern ORDER = Pattern.compile("(?i).*/(delete|del|clear)[a-z_]*");

    List<ApiRoute> all() {
        return Stream.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE)
                .map(method -> ApiRoute.order(
                                method,
                                "/api/v1/accounts/{account}/wechat/{path}",
                                Access.OPERATOR,
                                request -> pass(method, request))
                        .with(Right.WECHAT)
                        .with(BODY))
                .toList();
    }

    private Future<ApiAnswer> pass(HttpMethod method, ApiRequest request) {
        String path = path(request);
        Repeat repeat =
                method.equals(HttpMethod.GET) && !ORDER.matcher(path).matches() ? Repeat.SAFE : Repeat.UNLESS_EXECUTED;
        Optional<Payload> payload = payload(method, request);
        boolean once = payload.flatMap(Payload::stream).isPresent();
        Call call = Call.passedOn(method, "/" + path, query(request), payload, once ? Repeat.NEVER : repeat)
                .tracedAs(TraceParent.of(request.headers().get(TraceParent.HEADER)));
        return wechat.passOn(request.account(), call).map(this::answer);
    }

    private static String path(ApiRequest request) {
        String path = request.inPath("path");
        if (!PATH.matcher(path).matches()) {
            throw ApiProblem.badRequest("After /wechat/ expected a path of WeChat's API, as in cgi-bin/user/info.");
        }
        String lower = path.toLowerCase(Locale.ROOT);
        if (KEPT.stream().anyMatch(kept -> lower.equals(kept) || lower.startsWith(kept + "/"))) {
            throw ApiProblem.of(
                    403,
                    "This call is not passed on",
                    "Weir keeps credentials and quotas itself: leave out the access_token, Weir adds it to each call; the"
                            + " values are at access-token and jsapi-ticket of the account, for tokens with the right reveal.");
        }
        return path;
    }

    private static Map<String, String> query(ApiRequest request) {
        Map<String, String> query = new HashMap<>();
        request.query().forEach((name, value) -> {
            if (name.equals(TOKEN)) {
                throw ApiProblem.badRequest("Leave out the parameter access_token: Weir adds it.");
            }
            if (query.put(name, value) != null) {
                throw ApiProblem.badRequest("The parameter \"" + name + "\" is there more than once.");
            }
        });
        return query;
    }

    private static Optional<Payload> payload(HttpMethod method, ApiRequest request) {
        String type = Optional.ofNullable(request.headers().get(HttpHeaders.CONTENT_TYPE))
                .orElse("");
        Optional<HttpServerRequest> stream = request.stream();
        if (stream.isPresent()) {
            long length = Long.parseLong(stream.get().getHeader(HttpHeaders.CONTENT_LENGTH));
            return Optional.of(Payload.streamed(type, length, stream.get()));
        }
        return method.equals(HttpMethod.GET) && request.body().length() == 0
                ? Optional.empty()
                : Optional.of(new Payload(type, request.body(), List.of()));
    }

    private ApiAnswer answer(RawResponse answer) {
        String type = answer.contentType().isEmpty() ? "application/octet-stream" : answer.contentType();
        ApiAnswer passed = ApiAnswer.streaming(type, response -> write(answer, response));
        return answer.disposition()
                .map(name -> passed.with("Content-Disposition", name))
                .orElse(passed);
    }

    private void write(RawResponse answer, HttpServerResponse response) {
        long timer = vertx.setTimer(FILE_TIME.toMillis(), id -> response.reset());
        answer.rest()
                .map(rest -> stream(answer, rest, response))
                .orElseGet(() -> response.end(answer.body()))
                .onComplete(done -> vertx.cancelTimer(timer));
    }

    private static Future<Void> stream(RawResponse answer, HttpClientResponse rest, HttpServerResponse response) {
        String length = rest.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            response.setChunked(true);
        } else {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, length);
        }
        return response.write(answer.body())
                .compose(written -> rest.pipeTo(response))
                .onFailure(cut -> {
                    rest.request().reset();
                    response.reset();
                });
    }
}
