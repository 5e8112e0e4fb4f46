package io.weir.token;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.weir.client.CredentialFetcher;
import io.weir.client.CredentialRequest;
import io.weir.client.CredentialRequest.Answer;
import io.weir.client.WeChatException;
import io.weir.config.AccountConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
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
                .onComplete(value -> message.reply(new Answer(value, null)), failure -> fail(message, failure));
    }

    private static void fail(Message<CredentialRequest> message, Throwable failure) {
        if (failure instanceof WeChatException expected) {
            message.reply(new Answer(null, expected));
        } else {
            LOG.atError().setCause(failure).log("the keeper of credentials failed");
            message.fail(BUG, "the keeper of credentials failed");
        }
    }
}
