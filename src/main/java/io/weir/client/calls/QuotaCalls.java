package io.weir.client.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.client.Call;
import io.weir.client.Call.Payload;
import io.weir.client.Call.Repeat;
import io.weir.client.Json;
import io.weir.client.ResponseFields;
import io.weir.client.WeChatClient;
import io.weir.config.AccountConfig;
import io.weir.config.Secret;
import java.time.Instant;
import java.util.Optional;

/** What is left of WeChat's quotas, resetting them, and what became of a request (token-and-server-api.md §6). For operators. */
public final class QuotaCalls {
    private final WeChatClient client;

    public QuotaCalls(WeChatClient client) {
        this.client = client;
    }

    /** Sets all of today's counts to zero; 10 times a month. Calls that had stopped are made again. */
    public Future<Void> clear(AccountConfig account) {
        return clear(account, Call.post("/cgi-bin/clear_quota", Json.object().put("appid", account.appId())));
    }

    /** The same by AppSecret, when no token can be had; out of the same 10. */
    public Future<Void> clearBySecret(AccountConfig account) {
        ObjectNode body = Json.object()
                .put("appid", account.appId())
                .put("appsecret", account.appSecret().reveal());
        Payload payload = Payload.json(body, account.appSecret());
        return clear(account, Call.post("/cgi-bin/clear_quota/v2", payload).credential());
    }

    /** Sets today's count of one API to zero; 50 times a month. */
    public Future<Void> clearOne(AccountConfig account, String cgiPath) {
        return clear(account, Call.post("/cgi-bin/openapi/quota/clear", path(cgiPath)));
    }

    /**
     * What is left of one API today.
     *
     * @param cgiPath as in {@code /cgi-bin/menu/create}
     */
    public Future<Quota> get(String account, String cgiPath) {
        Call call = Call.post("/cgi-bin/openapi/quota/get", path(cgiPath)).repeat(Repeat.SAFE);
        return client.call(account, call).map(json -> quota(new ResponseFields(call, json)));
    }

    /**
     * What became of a request.
     *
     * @param rid that came with an error of the last 7 days
     */
    public Future<RidReport> explain(String account, String rid) {
        Call call = Call.post("/cgi-bin/openapi/rid/get", Json.object().put("rid", rid))
                .repeat(Repeat.SAFE);
        return client.call(account, call).map(json -> report(new ResponseFields(call, json).object("request")));
    }

    private Future<Void> clear(AccountConfig account, Call call) {
        return client.call(account.name(), call).<Void>mapEmpty().onSuccess(done -> client.lift(account.name()));
    }

    private static JsonNode path(String cgiPath) {
        return Json.object().put("cgi_path", cgiPath);
    }

    private static Quota quota(ResponseFields answer) {
        ResponseFields quota = answer.object("quota");
        return new Quota(
                quota.number("daily_limit"),
                quota.number("used"),
                quota.number("remain"),
                answer.findObject("rate_limit").flatMap(QuotaCalls::rate),
                answer.findObject("component_rate_limit").flatMap(QuotaCalls::rate));
    }

    private static Optional<Quota.Rate> rate(ResponseFields rate) {
        return rate.findNumber("call_count")
                .flatMap(calls -> rate.findNumber("refresh_second").map(seconds -> new Quota.Rate(calls, seconds)));
    }

    private static RidReport report(ResponseFields request) {
        return new RidReport(
                request.findNumber("invoke_time").map(Instant::ofEpochSecond),
                request.findNumber("cost_in_ms"),
                request.find("client_ip"),
                Secret.of(request.find("request_url").orElse("")),
                Secret.of(request.find("request_body").orElse("")),
                Secret.of(request.find("response_body").orElse("")));
    }

    /** How much of an API is left for the account today (token-and-server-api.md §6). */
    public record Quota(long dailyLimit, long used, long remain, Optional<Rate> rate, Optional<Rate> componentRate) {
        /**
         * A limit in shorter windows.
         *
         * @param calls how many
         * @param refreshSeconds within how long
         */
        public record Rate(long calls, long refreshSeconds) {}
    }

    /**
     * What WeChat knows of a request (token-and-server-api.md §6).
     *
     * @param url with the token in it, hence secret, as are the bodies
     */
    public record RidReport(
            Optional<Instant> invokedAt,
            Optional<Long> costMillis,
            Optional<String> clientIp,
            Secret url,
            Secret requestBody,
            Secret responseBody) {}
}
