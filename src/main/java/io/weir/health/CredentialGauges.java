package io.weir.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.weir.client.SharedCredentials;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.SharedCredentials.CredentialState;
import io.weir.client.WeChatCredentialFetcher;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** How long the credentials last and how many fetches are left today, as they are when somebody scrapes. Any thread. */
final class CredentialGauges {
    private static final Duration ANSWER = Duration.ofSeconds(1);
    /** The count is in Redis: an asker for each account. */
    private static final long COUNTS_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final List<String> accounts;
    private final SharedCredentials credentials;
    private final WeChatCredentialFetcher fetcher;
    private final MeterRegistry metrics;
    private final LongSupplier nanos;
    private final Map<String, AtomicLong> ends = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> left = new ConcurrentHashMap<>();
    private final AtomicLong countedAt;

    /** @param accounts have an access_token each; a ticket appears when somebody has asked for one */
    CredentialGauges(
            List<String> accounts,
            SharedCredentials credentials,
            WeChatCredentialFetcher fetcher,
            MeterRegistry metrics,
            LongSupplier nanos) {
        this.accounts = accounts;
        this.credentials = credentials;
        this.fetcher = fetcher;
        this.metrics = metrics;
        this.nanos = nanos;
        this.countedAt = new AtomicLong(nanos.getAsLong() - COUNTS_NANOS);
    }

    /** Shows all accounts'. */
    void expect() {
        accounts.forEach(account -> {
            end(account, CredentialKind.ACCESS_TOKEN);
            left(account);
        });
    }

    /** Asks for what they show; completes when that is known, or has taken too long. Never fails. */
    Future<Void> refresh() {
        long now = nanos.getAsLong();
        long before = countedAt.get();
        boolean counts = now - before >= COUNTS_NANOS && countedAt.compareAndSet(before, now);
        List<Future<Void>> asked = accounts.stream()
                .map(account -> Future.join(states(account), counts ? count(account) : Future.succeededFuture())
                        .<Void>mapEmpty())
                .toList();
        return Future.join(asked)
                .<Void>mapEmpty()
                .timeout(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    private Future<Void> states(String account) {
        return credentials
                .states(account)
                .onSuccess(states -> states.forEach(state -> take(account, state)))
                .mapEmpty();
    }

    private void take(String account, CredentialState state) {
        long now = nanos.getAsLong();
        end(account, state.kind()).set(now + state.life().map(Duration::toNanos).orElse(0L));
    }

    private Future<Void> count(String account) {
        return fetcher.fetchedToday(account)
                .onSuccess(made -> left(account).set(Math.max(0, fetcher.dailyBudget(account) - made)))
                .mapEmpty();
    }

    private AtomicLong end(String account, CredentialKind kind) {
        return ends.computeIfAbsent(account + " " + kind, first -> {
            AtomicLong end = new AtomicLong(nanos.getAsLong());
            Gauge.builder("weir.token.seconds.left", end, this::seconds)
                    .description("How long the credential lasts that this instance has; 0 when it has none")
                    .tag("account", account)
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                    .register(metrics);
            return end;
        });
    }

    private double seconds(AtomicLong end) {
        return Math.max(0, end.get() - nanos.getAsLong()) / 1e9;
    }

    private AtomicLong left(String account) {
        return left.computeIfAbsent(account, first -> {
            AtomicLong budget = new AtomicLong(fetcher.dailyBudget(account));
            Gauge.builder("weir.token.fetch.budget.left", budget, AtomicLong::get)
                    .description(
                            "Fetches that the fleet has left today, in China's calendar, of what Weir allows itself")
                    .tag("account", account)
                    .tag("kind", "access_token")
                    .register(metrics);
            return budget;
        });
    }
}
