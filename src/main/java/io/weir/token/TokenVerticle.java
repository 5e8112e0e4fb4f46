package io.weir.token;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.weir.client.BusAccessTokens.CredentialRequest;
import io.weir.client.BusAccessTokens.CredentialRequest.Answer;
import io.weir.client.CredentialFetcher;
import io.weir.client.SharedCredentials;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.SharedCredentials.CredentialState;
import io.weir.client.WeChatException;
import io.weir.client.WeChatException.Explanation;
import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import io.weir.config.Secret;
import io.weir.dispatch.IdentityCodec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers who needs an access_token or a ticket, and is the only one that fetches them. One instance per process; it always
 * answers.
 */
public final class TokenVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(TokenVerticle.class);
    private static final int BUG = 1;
    private static final Duration LAST_ROUND = Duration.ofSeconds(2);

    private final TokenLimits limits;
    private final TokenKeepers keepers;
    private long ticks;

    /** @param store shared by the fleet */
    public TokenVerticle(List<AccountConfig> accounts, TokenStore store, CredentialFetcher issuer, TokenLimits limits) {
        this(accounts, store, issuer, limits, Renewal.DEFAULT);
    }

    /** The same with other times of renewal, for lives shorter than WeChat's. */
    public TokenVerticle(
            List<AccountConfig> accounts,
            TokenStore store,
            CredentialFetcher issuer,
            TokenLimits limits,
            Renewal renewal) {
        this.limits = limits;
        this.keepers = new TokenKeepers(
                accounts,
                new Keeper.KeeperDependencies(
                        store,
                        issuer,
                        limits,
                        renewal,
                        UUID.randomUUID().toString(),
                        System::nanoTime,
                        Clock.systemUTC(),
                        () -> ThreadLocalRandom.current().nextDouble()));
    }

    @Override
    public Future<?> start() {
        ticks = vertx.setPeriodic(limits.tick().toMillis(), id -> keepers.tick());
        return vertx.eventBus()
                .localConsumer(CredentialRequest.ADDRESS, this::answer)
                .completion();
    }

    /** What has just been fetched gets into the store: others would be left with a token that is no longer good. */
    @Override
    public Future<?> stop() {
        vertx.cancelTimer(ticks);
        return keepers.atRest()
                .timeout(LAST_ROUND.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    private void answer(Message<CredentialRequest> message) {
        Future.succeededFuture(message.body())
                .compose(request -> request.putTo(keepers))
                .onComplete(
                        value -> message.reply(new Answer(value, null), IdentityCodec.local()),
                        failure -> fail(message, failure));
    }

    private static void fail(Message<CredentialRequest> message, Throwable failure) {
        if (failure instanceof WeChatException expected) {
            message.reply(new Answer(null, expected), IdentityCodec.local());
        } else {
            LOG.atError().setCause(failure).log("the keeper of credentials failed");
            message.fail(BUG, "the keeper of credentials failed");
        }
    }

    /**
     * How long the keeper waits for what.
     *
     * @param callerWait of a caller, when there is no credential
     * @param fetch of one fetch, all its calls included
     * @param lease of who fetches: longer than a fetch
     * @param look after which it looks into the store though nothing is due
     * @param tick how often it asks itself whether something is due
     */
    public record TokenLimits(Duration callerWait, Duration fetch, Duration lease, Duration look, Duration tick) {
        private static final Duration CALLER_WAIT = Duration.ofSeconds(5);
        private static final Duration MARGIN = Duration.ofSeconds(2);

        /**
         * What follows from the limit of one call to WeChat: for a ticket a token may have to come first, and a fetch may take
         * a second call.
         */
        public static TokenLimits of(Duration call) {
            Duration fetch = CALLER_WAIT.plus(call.multipliedBy(2));
            return new TokenLimits(
                    CALLER_WAIT, fetch, fetch.plus(MARGIN), Duration.ofSeconds(10), Duration.ofMillis(100));
        }
    }

    /** All credentials of an instance; each is kept from the first time on that somebody asks for it. One event loop. */
    static final class TokenKeepers implements SharedCredentials {
        private static final Explanation UNKNOWN_ACCOUNT = new Explanation(
                "This instance has no such account.",
                "Name one of its accounts; a new one takes effect after a restart.",
                "本实例没有该公众号。",
                "请使用已配置的公众号；新增的公众号重启后生效。");

        private final Map<String, Keeper.Account> accounts = new HashMap<>();
        private final Map<String, Map<CredentialKind, Keeper>> keepers = new HashMap<>();
        private final Keeper.KeeperDependencies tools;

        TokenKeepers(List<AccountConfig> accounts, Keeper.KeeperDependencies tools) {
            this.tools = tools;
            for (AccountConfig each : accounts) {
                this.accounts.put(
                        each.name(),
                        new Keeper.Account(each.name(), each.appId(), each.tokenMode() == TokenMode.STABLE));
            }
        }

        @Override
        public Future<Secret> current(String account, CredentialKind kind) {
            return keeper(account, kind).current();
        }

        @Override
        public Future<Secret> refused(String account, CredentialKind kind, Secret value) {
            return keeper(account, kind).refused(value);
        }

        @Override
        public Future<Secret> renew(String account, CredentialKind kind, boolean force) {
            return keeper(account, kind).renew(force);
        }

        @Override
        public Future<List<CredentialState>> states(String account) {
            List<CredentialState> states = new ArrayList<>();
            keepers.getOrDefault(account, Map.of()).values().forEach(keeper -> states.add(keeper.state()));
            return Future.succeededFuture(states);
        }

        /** Does what is due. */
        void tick() {
            keepers.values().forEach(kinds -> kinds.values().forEach(Keeper::tick));
        }

        /** Completes when nothing is under way. */
        Future<?> atRest() {
            return Future.join(keepers.values().stream()
                    .flatMap(kinds -> kinds.values().stream())
                    .map(Keeper::atRest)
                    .toList());
        }

        private Keeper keeper(String account, CredentialKind kind) {
            Keeper.@Nullable Account known = accounts.get(account);
            if (known == null) {
                throw WeChatException.of(
                        WeChatException.Kind.STOPPED,
                        "no account " + account + " in the configuration",
                        UNKNOWN_ACCOUNT);
            }
            return keepers.computeIfAbsent(account, each -> new EnumMap<>(CredentialKind.class))
                    .computeIfAbsent(kind, each -> new Keeper(known, each, tools));
        }
    }
}
