package io.weir.client;

import io.vertx.core.Future;
import io.weir.config.AccountConfig;
import java.util.Optional;
import java.util.function.Supplier;

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
}
