package io.weir.token;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.weir.client.CredentialFetcher;
import io.weir.client.CredentialFetcher.FetchedCredential;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.WeChatException;
import io.weir.config.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives out tokens like WeChat, in one mode, with lives of a test's length; counts and delays the fetches. In classic mode
 * each fetch gives a new one; in stable mode the same until it is half way to its end. What it refuses is told.
 */
final class FakeWeChat implements CredentialFetcher {
    private final Vertx vertx;
    private final boolean stable;
    private final Duration life;
    private final Map<String, Long> ends = new HashMap<>();
    private final List<Long> fetches = new ArrayList<>();
    private @Nullable String newest;
    private volatile Duration delay;
    private volatile Optional<WeChatException> failure = Optional.empty();
    private volatile boolean hanging;

    FakeWeChat(Vertx vertx, boolean stable, Duration life, Duration delay) {
        this.vertx = vertx;
        this.stable = stable;
        this.life = life;
        this.delay = delay;
    }

    @Override
    public Future<FetchedCredential> issue(String account, CredentialKind kind, boolean force) {
        synchronized (this) {
            fetches.add(System.nanoTime());
        }
        Future<Void> waited = vertx.timer(Math.max(1, delay.toMillis())).mapEmpty();
        return hanging
                ? waited.compose(later -> Promise.<FetchedCredential>promise().future())
                : answer(waited, force);
    }

    private Future<FetchedCredential> answer(Future<Void> waited, boolean force) {
        return waited.compose(later ->
                failure.isPresent() ? Future.failedFuture(failure.get()) : Future.succeededFuture(give(force)));
    }

    private synchronized FetchedCredential give(boolean force) {
        long now = System.nanoTime();
        boolean again = stable && !force && newest != null && left(newest, now).compareTo(life.dividedBy(2)) > 0;
        if (!again) {
            newest = "token-" + (ends.size() + 1);
            ends.put(newest, now + life.toNanos());
        }
        String given = String.valueOf(newest);
        return new FetchedCredential(Secret.of(given), left(given, now));
    }

    private Duration left(String token, long now) {
        return Duration.ofNanos(ends.getOrDefault(token, now) - now);
    }

    /** Whether an API call with it would succeed. */
    synchronized boolean takes(Secret token) {
        return left(token.reveal(), System.nanoTime()).compareTo(Duration.ZERO) > 0;
    }

    /** Refuses it from now on. */
    synchronized void refuse(Secret token) {
        ends.put(token.reveal(), System.nanoTime());
    }

    void delay(Duration time) {
        delay = time;
    }

    void failing(Optional<WeChatException> with) {
        failure = with;
    }

    void hanging(boolean isHanging) {
        hanging = isHanging;
    }

    synchronized int fetches() {
        return fetches.size();
    }

    /** The shortest time between two fetches. */
    synchronized Duration shortestGap() {
        long shortest = Long.MAX_VALUE;
        for (int each = 1; each < fetches.size(); each++) {
            shortest = Math.min(shortest, fetches.get(each) - fetches.get(each - 1));
        }
        return Duration.ofNanos(shortest);
    }
}
