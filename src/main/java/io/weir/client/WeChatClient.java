package io.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.weir.client.Attempts.CallObserver;
import io.weir.client.CallGate.Budgets;
import io.weir.config.AccountConfig;
import io.weir.redis.FleetCounter;
import io.weir.wechat.api.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that Weir asks of WeChat's server API goes through this: with the account's token, within WeChat's quotas,
 * repeated where that is harmless, not made at all where an error code has told that it is in vain.
 *
 * <p>Any thread. Futures fail with a {@link WeChatException}, or with an {@link IllegalArgumentException} for an account
 * that is not in the configuration. A call takes at most twice {@link WeChatConfig#timeout}, one with files six times that.
 * Typed calls are in {@code io.weir.client.calls}.
 */
public final class WeChatClient {
    private final Map<String, AccountConfig> accounts;
    private final Attempts.CallDependencies means;

    private WeChatClient(Map<String, AccountConfig> accounts, Attempts.CallDependencies means) {
        this.accounts = accounts;
        this.means = means;
    }

    /**
     * Makes the client of a process.
     *
     * @param clock for quotas, which are those of a calendar day, and for stops
     */
    public static WeChatClient create(
            Vertx vertx,
            WeChatConfig config,
            List<AccountConfig> accounts,
            AccessTokens tokens,
            FleetCounter counts,
            Clock clock) {
        return create(vertx, config, accounts, tokens, counts, clock, new CompositeMeterRegistry());
    }

    /** The same, with metrics of its calls. */
    public static WeChatClient create(
            Vertx vertx,
            WeChatConfig config,
            List<AccountConfig> accounts,
            AccessTokens tokens,
            FleetCounter counts,
            Clock clock,
            MeterRegistry metrics) {
        WeChatHttp http = new WeChatHttp(vertx, config, WeChatHttp.POOL);
        CallGate guard = new CallGate(new ApiCircuitBreakers(clock), new Budgets(counts, clock));
        ApiMeters meters = new ApiMeters(metrics);
        ApiTroubles troubles = new ApiTroubles(clock);
        CallObserver observer =
                new CallObserver(meters, troubles, new ApiTroubles.Probe(vertx, http, troubles, config.timeout()));
        return new WeChatClient(
                accounts.stream().collect(Collectors.toUnmodifiableMap(AccountConfig::name, Function.identity())),
                new Attempts.CallDependencies(vertx, http, tokens, guard, observer, config.timeout()));
    }

    /**
     * Any call that has no class of its own: a GET is taken for a question, which may be repeated, everything else for an
     * order, which may not unless it was surely not executed.
     *
     * @param path as in {@code /cgi-bin/menu/create}, without query
     * @param body not sent with a GET
     * @return the object that came, without an error code
     */
    public Future<JsonNode> call(String account, HttpMethod method, String path, JsonNode body) {
        return call(account, method.equals(HttpMethod.GET) ? Call.get(path) : Call.of(method, path, body));
    }

    /** A call whose answer is an object. */
    public Future<JsonNode> call(String account, Call call) {
        return ask(account, call, ResponseParser::json);
    }

    /**
     * A call with an answer of any kind.
     *
     * @param reader throws a {@link WeChatException} for an answer that is not the expected one
     */
    public <T> Future<T> ask(String account, Call call, BiFunction<ResponseParser, RawResponse, T> reader) {
        AccountConfig config = accounts.get(account);
        return config == null ? unknown(account) : new Attempts<>(means, config, call, reader).run();
    }

    /**
     * Somebody else's call, made as our own are.
     *
     * @return what came, byte for byte; the rest of it may still be to read
     */
    public Future<RawResponse> passOn(String account, Call call) {
        return ask(account, call, ResponseParser::passedOn);
    }

    /** What is not called at the moment, and why: for health. */
    public List<ApiPause> stops() {
        return means.guard().stops().all();
    }

    /** Has the fetches of access_tokens counted from 0 on; other calls appear when they are made first. */
    public void expect() {
        accounts.values().forEach(means.observer().meters()::expect);
    }

    /** What is wrong with WeChat's API as far as calls have shown it lately: for health. */
    public List<ApiTrouble> troubles() {
        return means.observer().troubles().all();
    }

    /** The operator says that what stopped calls of the account is mended: they are made again at once. */
    public void lift(String account) {
        means.guard().stops().lift(account);
    }

    /** The operator says that what stopped the fetching of the account's token is mended: the next fetch is made. */
    void liftFetching(String account) {
        means.guard().stops().liftFetching(account);
    }

    /** Another instance has been refused a token. */
    void stopFetching(String account, WeChatException refusal, Duration time) {
        means.guard().stops().heard(account, refusal, time);
    }

    /** How often the call has been made today, in China's calendar; 0 for one without a quota. */
    public Future<Long> madeToday(String account, Call call) {
        AccountConfig config = accounts.get(account);
        return config == null ? unknown(account) : means.guard().budgets().takenToday(config, call);
    }

    private static <T> Future<T> unknown(String account) {
        return Future.failedFuture(new IllegalArgumentException("there is no account \"" + account + "\""));
    }

    /**
     * Calls fail, and not because of what WeChat says about them.
     *
     * @param account whose calls; empty where all are concerned
     * @param calls the path of the API; empty where all are concerned
     * @param since when the first one failed
     * @param error the last failure, without secrets
     */
    public record ApiTrouble(WeChatFault fault, String account, String calls, Instant since, String error) {}

    /**
     * Calls that are not made for a while, because WeChat has said why they would be in vain.
     *
     * @param account name of the account in the configuration
     * @param calls which ones: the path of an API, {@link #ALL_CALLS} or {@link #CREDENTIALS}
     * @param code why
     * @param errmsg WeChat's own words, without secrets; for 40164 they name the address to whitelist
     * @param since when WeChat said so first
     * @param until when one call is let through to see
     */
    public record ApiPause(
            String account,
            String calls,
            ErrorCode code,
            String errmsg,
            Optional<String> rid,
            Instant since,
            Instant until) {
        /** All calls with the account's token. */
        public static final String ALL_CALLS = "all calls";
        /** All fetches of the account's token. */
        public static final String CREDENTIALS = "token";
    }
}
