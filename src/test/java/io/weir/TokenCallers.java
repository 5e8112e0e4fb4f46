package io.weir;

import io.vertx.core.Future;
import io.weir.client.calls.TagCalls;
import io.weir.config.AccountConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Who asks each instance of a fleet again and again, for one account after the other, until it is closed. */
final class TokenCallers implements AutoCloseable {
    private final Map<TokenFleet.Instance, Long> timers = new HashMap<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicLong longestNanos = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    private TokenCallers(TokenFleet fleet, Duration pause, Question question) {
        for (TokenFleet.Instance instance : fleet.instances()) {
            AtomicInteger turn = new AtomicInteger(timers.size());
            timers.put(
                    instance,
                    instance.vertx()
                            .setPeriodic(
                                    pause.toMillis(),
                                    id -> ask(
                                            question,
                                            instance,
                                            fleet.accounts()
                                                    .get(turn.getAndIncrement()
                                                            % fleet.accounts().size()))));
        }
    }

    /** What they want; a future that fails counts. */
    private interface Question {
        Future<?> ask(TokenFleet.Instance instance, AccountConfig account);
    }

    /** They want an access_token that WeChat takes. */
    static TokenCallers forTokens(TokenFleet fleet, Duration pause) {
        return new TokenCallers(
                fleet,
                pause,
                (instance, account) -> instance.tokens()
                        .current(account.name())
                        .compose(token -> fleet.isTaken(account, token)
                                ? Future.succeededFuture()
                                : Future.failedFuture("a token that WeChat no longer takes")));
    }

    /** They make a call to WeChat. */
    static TokenCallers forCalls(TokenFleet fleet, Duration pause) {
        return new TokenCallers(
                fleet, pause, (instance, account) -> new TagCalls(instance.client()).all(account.name()));
    }

    private void ask(Question question, TokenFleet.Instance instance, AccountConfig account) {
        long begin = System.nanoTime();
        question.ask(instance, account)
                .onFailure(failure -> failures.add(account.name() + ": " + failure.getMessage()))
                .onComplete(ended -> {
                    answered.incrementAndGet();
                    longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
                });
    }

    int answered() {
        return answered.get();
    }

    /** The longest that one of them waited for an answer, good or bad. */
    Duration longest() {
        return Duration.ofNanos(longestNanos.get());
    }

    /** What went wrong, in the order in which it did. */
    Queue<String> failures() {
        return failures;
    }

    @Override
    public void close() {
        timers.forEach((instance, timer) -> instance.vertx().cancelTimer(timer));
    }
}
