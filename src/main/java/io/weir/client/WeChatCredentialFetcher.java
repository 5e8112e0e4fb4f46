package io.weir.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.client.Call.Payload;
import io.weir.client.Call.Repeat;
import io.weir.client.CredentialFetcher.FetchedCredential;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import io.weir.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Fetches tokens and tickets as WeChat hands them out (token-and-server-api.md §1, §2, §7). What does not look like one is
 * GARBAGE: it must never be kept.
 */
public final class WeChatCredentialFetcher implements CredentialFetcher {
    private static final Duration LONGEST_LIFE = Duration.ofDays(7);

    private final WeChatClient client;
    private final Map<String, AccountConfig> accounts;

    public WeChatCredentialFetcher(WeChatClient client, List<AccountConfig> accounts) {
        this.client = client;
        this.accounts =
                accounts.stream().collect(Collectors.toUnmodifiableMap(AccountConfig::name, Function.identity()));
    }

    @Override
    public Future<FetchedCredential> issue(String account, CredentialKind kind, boolean force) {
        AccountConfig config = accounts.get(account);
        if (config == null) {
            return Future.failedFuture(new IllegalArgumentException("there is no account \"" + account + "\""));
        }
        Call call = call(config, kind, force);
        String field = kind == CredentialKind.ACCESS_TOKEN ? "access_token" : "ticket";
        return client.ask(
                account, call, (reading, answer) -> issued(new ResponseFields(call, reading.json(answer)), field));
    }

    @Override
    public void insist(String account) {
        client.liftFetching(account);
    }

    @Override
    public void heard(String account, WeChatException refusal, Duration time) {
        client.stopFetching(account, refusal, time);
    }

    /** How often the account's token was fetched today, forced ones not counted twice. */
    public Future<Long> fetchedToday(String account) {
        AccountConfig config = accounts.get(account);
        return config == null
                ? Future.succeededFuture(0L)
                : client.madeToday(account, call(config, CredentialKind.ACCESS_TOKEN, false));
    }

    /** How many fetches of the account's token Weir allows itself a day, while the count is shared. */
    public long dailyBudget(String account) {
        AccountConfig config = accounts.get(account);
        return config == null
                ? 0
                : Budget.of(path(config)).stream()
                        .filter(budget -> budget.window().kind() == Budget.Kind.DAY)
                        .mapToLong(budget -> budget.limit(config.testAccount(), true))
                        .findFirst()
                        .orElse(0);
    }

    private static Call call(AccountConfig account, CredentialKind kind, boolean force) {
        if (kind == CredentialKind.JSAPI_TICKET) {
            return Call.get("/cgi-bin/ticket/getticket").with("type", "jsapi").repeat(Repeat.NEVER);
        }
        Call call = account.tokenMode() == TokenMode.CLASSIC ? classic(account) : stable(account, force);
        return call.credential().repeat(Repeat.NEVER);
    }

    /** Where the account's token is fetched. */
    static String path(AccountConfig account) {
        return account.tokenMode() == TokenMode.CLASSIC ? "/cgi-bin/token" : "/cgi-bin/stable_token";
    }

    private static Call classic(AccountConfig account) {
        return Call.get(path(account))
                .with("grant_type", "client_credential")
                .with("appid", account.appId())
                .withSecret("secret", account.appSecret());
    }

    private static Call stable(AccountConfig account, boolean force) {
        ObjectNode body = Json.object()
                .put("grant_type", "client_credential")
                .put("appid", account.appId())
                .put("secret", account.appSecret().reveal())
                .put("force_refresh", force);
        Call call = Call.post(path(account), Payload.json(body, account.appSecret()));
        return force ? call.countedAs(Budget.FORCED) : call;
    }

    private static FetchedCredential issued(ResponseFields answer, String field) {
        String value = answer.text(field);
        Duration life = Duration.ofSeconds(answer.number("expires_in"));
        if (!value.matches("[!-~]{1,4096}")) {
            throw answer.unlike("a " + field + " of printable characters");
        }
        if (life.compareTo(Duration.ZERO) <= 0 || life.compareTo(LONGEST_LIFE) > 0) {
            throw answer.unlike("an expires_in from 1 to " + LONGEST_LIFE.toSeconds() + " seconds");
        }
        return new FetchedCredential(Secret.of(value), life);
    }
}
