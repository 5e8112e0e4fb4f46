package io.weir.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.SharedCredentials.CredentialState;
import io.weir.client.WeChatException.Explanation;
import io.weir.config.Secret;
import io.weir.dispatch.IdentityCodec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the keeper of credentials over the event bus. Any thread. */
public final class BusAccessTokens implements AccessTokens, SharedCredentials {
    private static final Explanation KEEPER_SILENT = new Explanation(
            "This instance's keeper of credentials does not answer; the call was not made.",
            "If the instance starts or stops just now, try again. Else look at its log and load.",
            "本实例的凭证管理未应答；该调用未发出。",
            "若实例正在启动或停止，请稍后重试；否则请查看其日志和负载。");

    private final Vertx vertx;
    private final DeliveryOptions options;

    /** @param limit for an answer, somewhat longer than the keeper lets a caller wait */
    public BusAccessTokens(Vertx vertx, Duration limit) {
        this.vertx = vertx;
        this.options = IdentityCodec.local().setSendTimeout(limit.toMillis());
    }

    @Override
    public Future<Secret> current(String account) {
        return current(account, CredentialKind.ACCESS_TOKEN);
    }

    @Override
    public Future<Secret> refused(String account, Secret token) {
        return refused(account, CredentialKind.ACCESS_TOKEN, token);
    }

    @Override
    public Future<Secret> current(String account, CredentialKind kind) {
        return ask(new CredentialRequest.Current(account, kind), Secret.class);
    }

    @Override
    public Future<Secret> refused(String account, CredentialKind kind, Secret value) {
        return ask(new CredentialRequest.Refused(account, kind, value), Secret.class);
    }

    @Override
    public Future<Secret> renew(String account, CredentialKind kind, boolean force) {
        return ask(new CredentialRequest.Renew(account, kind, force), Secret.class);
    }

    @Override
    public Future<List<CredentialState>> states(String account) {
        return ask(new CredentialRequest.States(account), CredentialRequest.StateList.class)
                .map(CredentialRequest.StateList::states);
    }

    private <T> Future<T> ask(CredentialRequest request, Class<T> type) {
        return vertx.eventBus()
                .<CredentialRequest.Answer>request(CredentialRequest.ADDRESS, request, options)
                .map(Message::body)
                .otherwise(failure -> new CredentialRequest.Answer(null, unanswered(failure)))
                .compose(answer -> answer.failure() == null
                        ? Future.succeededFuture(type.cast(answer.value()))
                        : Future.failedFuture(answer.failure()));
    }

    private static WeChatException unanswered(Throwable failure) {
        return WeChatException.of(
                WeChatException.Kind.UNREACHABLE,
                "the keeper of credentials does not answer: " + failure.getMessage(),
                KEEPER_SILENT);
    }

    /** What is asked of the keeper of credentials over the event bus. */
    public sealed interface CredentialRequest {
        /** The address of the keeper; every instance has one. */
        String ADDRESS = "weir.credentials";

        /** Asks the keeper for it. */
        Future<?> putTo(SharedCredentials keeper);

        /** {@link SharedCredentials#current}. */
        record Current(String account, CredentialKind kind) implements CredentialRequest {
            @Override
            public Future<?> putTo(SharedCredentials keeper) {
                return keeper.current(account, kind);
            }
        }

        /** {@link SharedCredentials#refused}. */
        record Refused(String account, CredentialKind kind, Secret value) implements CredentialRequest {
            @Override
            public Future<?> putTo(SharedCredentials keeper) {
                return keeper.refused(account, kind, value);
            }
        }

        /** {@link SharedCredentials#renew}. */
        record Renew(String account, CredentialKind kind, boolean force) implements CredentialRequest {
            @Override
            public Future<?> putTo(SharedCredentials keeper) {
                return keeper.renew(account, kind, force);
            }
        }

        /** {@link SharedCredentials#states}. */
        record States(String account) implements CredentialRequest {
            @Override
            public Future<?> putTo(SharedCredentials keeper) {
                return keeper.states(account).map(StateList::new);
            }
        }

        /** The answer to {@link States}. */
        record StateList(List<CredentialState> states) {
            public StateList {
                states = List.copyOf(states);
            }
        }

        /**
         * What the keeper replies to every request: failures travel as they are.
         *
         * @param value {@link Secret} or {@link StateList}
         */
        record Answer(@Nullable Object value, @Nullable WeChatException failure) {}
    }
}
