package io.weir.token;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.weir.client.CredentialFetcher;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.WeChatException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Counts what comes of fetches ({@code weir_token_fetches_total}); one that was not made is not counted. Any thread. */
public final class CountedFetches implements CredentialFetcher {
    private final CredentialFetcher inner;
    private final MeterRegistry metrics;

    public CountedFetches(CredentialFetcher inner, MeterRegistry metrics) {
        this.inner = inner;
        this.metrics = metrics;
    }

    /** Has these accounts' fetches of access_tokens counted from 0 on; those of tickets appear with the first. */
    public void expect(List<String> accounts) {
        for (String account : accounts) {
            List.of("ok", "refused", "failed").forEach(result -> counter(account, CredentialKind.ACCESS_TOKEN, result));
        }
    }

    @Override
    public Future<FetchedCredential> issue(String account, CredentialKind kind, boolean force) {
        return inner.issue(account, kind, force)
                .onSuccess(issued -> counter(account, kind, "ok").increment())
                .onFailure(failure -> failed(account, kind, failure));
    }

    private void failed(String account, CredentialKind kind, Throwable failure) {
        if (!(failure instanceof WeChatException known)) {
            counter(account, kind, "failed").increment();
            return;
        }
        switch (known.kind()) {
            case REFUSED -> counter(account, kind, "refused").increment();
            case UNREACHABLE, NO_ANSWER, GARBAGE ->
                counter(account, kind, "failed").increment();
            case OVER_BUDGET, STOPPED -> {}
        }
    }

    private Counter counter(String account, CredentialKind kind, String result) {
        return Counter.builder("weir.token.fetches")
                .description(
                        "Fetches of credentials by this instance: ok, refused by WeChat, or failed without an answer")
                .tag("account", account)
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .tag("result", result)
                .register(metrics);
    }

    @Override
    public void insist(String account) {
        inner.insist(account);
    }

    @Override
    public void heard(String account, WeChatException refusal, Duration time) {
        inner.heard(account, refusal, time);
    }
}
