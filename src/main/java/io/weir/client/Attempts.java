package io.weir.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.client.Call.Repeat;
import io.weir.client.WeChatException.Kind;
import io.weir.config.AccountConfig;
import io.weir.config.Secret;
import io.weir.retry.Backoff;
import io.weir.wechat.api.ErrorCode.ErrorPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One call with its repeats: one with a new token where the first was refused, and up to three tries where the failure and
 * the call allow it, all within twice the time of one.
 */
final class Attempts<T> {
    private static final int SHARES_OF_TIME = 2;

    /** In all, the first included (token-and-server-api.md §4). */
    private static final int MAX_TRIES = 3;

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2), 3);

    private final CallDependencies means;
    private final AccountConfig account;
    private final Call call;
    private final BiFunction<ResponseParser, RawResponse, T> reader;
    private final Duration limit;
    private final long end;
    private int tries;
    private boolean renewed;

    Attempts(
            CallDependencies means,
            AccountConfig account,
            Call call,
            BiFunction<ResponseParser, RawResponse, T> reader) {
        this.means = means;
        this.account = account;
        this.call = call;
        this.reader = reader;
        this.limit = call.limit(means.timeout);
        this.end = System.nanoTime() + limit.toNanos() * SHARES_OF_TIME;
    }

    /** What all calls are made with. */
    record CallDependencies(
            Vertx vertx,
            WeChatHttp http,
            AccessTokens tokens,
            CallGate guard,
            CallObserver observer,
            Duration timeout) {}

    /** Who is told how each request ended. */
    record CallObserver(ApiMeters meters, ApiTroubles troubles, ApiTroubles.Probe probe) {
        void ended(String account, Call call, long tookNanos, @Nullable Throwable failure) {
            meters.ended(account, call, tookNanos, failure);
            if (failure == null || failure instanceof WeChatException) {
                troubles.ended(account, call, (WeChatException) failure);
                probe.ensure();
            }
        }
    }

    Future<T> run() {
        Future<T> result = call.manner().credential()
                ? attempt(Optional.empty())
                : means.tokens.current(account.name()).compose(token -> attempt(Optional.of(token)));
        return result.timeout(Math.max(1, left().toMillis()), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(failure instanceof TimeoutException ? late() : failure));
    }

    private Future<T> attempt(Optional<Secret> token) {
        tries++;
        return means.guard
                .pass(account, call, () -> exchange(token))
                .recover(failure -> failure instanceof WeChatException expected
                        ? afterwards(expected, token)
                        : Future.failedFuture(failure));
    }

    private Future<T> exchange(Optional<Secret> token) {
        Duration time = left().compareTo(limit) < 0 ? left() : limit;
        if (time.toMillis() < 1) {
            return Future.failedFuture(late());
        }
        long began = System.nanoTime();
        return means.http
                .send(call, token, time)
                .map(answer -> reader.apply(new ResponseParser(call, token), answer))
                .onComplete((read, failure) ->
                        means.observer.ended(account.name(), call, System.nanoTime() - began, failure));
    }

    private Future<T> afterwards(WeChatException failure, Optional<Secret> token) {
        if (is(failure, ErrorPolicy.RENEW_TOKEN) && token.isPresent() && !renewed) {
            renewed = true;
            tries--;
            Future<Secret> other = means.tokens.refused(account.name(), token.get());
            return call.isSentOnce()
                    ? other.transform(renewed -> Future.failedFuture(failure))
                    : other.compose(fresh -> attempt(Optional.of(fresh)));
        }
        Duration pause = BACKOFF.after(tries, ThreadLocalRandom.current().nextDouble());
        if (!mayRepeat(failure) || tries >= MAX_TRIES || pause.compareTo(left()) >= 0) {
            return Future.failedFuture(failure);
        }
        return means.vertx.timer(pause.toMillis(), TimeUnit.MILLISECONDS).compose(waited -> attempt(token));
    }

    private boolean mayRepeat(WeChatException failure) {
        Repeat repeat = call.manner().repeat();
        boolean mayBeExecuted =
                failure.kind() == Kind.NO_ANSWER || failure.kind() == Kind.GARBAGE || is(failure, ErrorPolicy.BACK_OFF);
        return failure.kind() == Kind.UNREACHABLE ? repeat != Repeat.NEVER : mayBeExecuted && repeat == Repeat.SAFE;
    }

    private static boolean is(WeChatException failure, ErrorPolicy conduct) {
        return failure.kind() == Kind.REFUSED
                && failure.code().filter(code -> code.conduct() == conduct).isPresent();
    }

    private Duration left() {
        return Duration.ofNanos(end - System.nanoTime());
    }

    private WeChatException late() {
        Kind kind = tries == 0 ? Kind.UNREACHABLE : Kind.NO_ANSWER;
        String waitedFor = tries == 0 ? "no access_token" : "no answer";
        return WeChatException.of(
                kind,
                waitedFor + " for " + call + " within "
                        + limit.multipliedBy(SHARES_OF_TIME).toMillis() + " ms");
    }
}
