package io.weir.client;

import io.vertx.core.Future;
import io.weir.client.WeChatException.Kind;
import io.weir.config.AccountConfig;
import io.weir.redis.FleetCounter;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a call through to WeChat only where neither a stop nor a budget is in its way, and learns from its answer. Any thread. */
record CallGate(ApiCircuitBreakers stops, Budgets budgets) {
    /** Makes the call, or fails with STOPPED or OVER_BUDGET. */
    <T> Future<T> pass(AccountConfig account, Call call, Supplier<Future<T>> exchange) {
        Optional<WeChatException> stopped = stops.refusal(account.name(), call);
        if (stopped.isPresent()) {
            return Future.failedFuture(stopped.get());
        }
        return budgets.take(account, call)
                .compose(ok -> exchange.get())
                .onSuccess(result -> stops.taken(account.name(), call))
                .onFailure(failure -> stops.failed(account.name(), call, asWeChatException(failure)));
    }

    private static WeChatException asWeChatException(Throwable failure) {
        return failure instanceof WeChatException known
                ? known
                : WeChatException.of(WeChatException.Kind.NO_ANSWER, failure.toString());
    }

    /** Keeps calls within WeChat's quotas, so that a mistake somewhere cannot use them up. Any thread. */
    static final class Budgets {
        private static final Logger LOG = LoggerFactory.getLogger(CallGate.class);

        private final FleetCounter counts;
        private final Clock clock;
        private final Set<String> usedUp = ConcurrentHashMap.newKeySet();

        Budgets(FleetCounter counts, Clock clock) {
            this.counts = counts;
            this.clock = clock;
        }

        /** Takes the call from all budgets that it has; fails with OVER_BUDGET where one is used up. */
        Future<Void> take(AccountConfig account, Call call) {
            Future<Void> taken = Future.succeededFuture();
            for (Budget budget : Budget.of(call)) {
                taken = taken.compose(ok -> take(account, budget));
            }
            return taken;
        }

        /** Of the first budget by day that the call has; 0 where it has none. */
        Future<Long> takenToday(AccountConfig account, Call call) {
            return Budget.of(call).stream()
                    .filter(budget -> budget.window().kind() == Budget.Kind.DAY)
                    .findFirst()
                    .map(budget -> counts.taken(budget.countName(account.appId(), clock)))
                    .orElse(Future.succeededFuture(0L));
        }

        private Future<Void> take(AccountConfig account, Budget budget) {
            long limit = budget.limit(account.testAccount(), counts.shared());
            String name = budget.countName(account.appId(), clock);
            return counts.take(name, limit, budget.window().kept())
                    .compose(granted -> granted ? granted(account, budget) : usedUp(account, budget, limit));
        }

        private Future<Void> granted(AccountConfig account, Budget budget) {
            usedUp.remove(key(account, budget));
            return Future.succeededFuture();
        }

        private Future<Void> usedUp(AccountConfig account, Budget budget, long limit) {
            String rule = budget.usedUp(limit);
            if (budget.window().kind() != Budget.Kind.APART && usedUp.add(key(account, budget))) {
                LOG.atWarn()
                        .addKeyValue("account", account.name())
                        .addKeyValue("api", budget.name())
                        .addKeyValue("rule", rule)
                        .addKeyValue("remedy", "find out what calls so often")
                        .log("Calls to WeChat are held back");
            }
            return Future.failedFuture(WeChatException.of(Kind.OVER_BUDGET, rule));
        }

        private static String key(AccountConfig account, Budget budget) {
            return account.name() + " " + budget.name() + " " + budget.window().kind();
        }
    }
}
