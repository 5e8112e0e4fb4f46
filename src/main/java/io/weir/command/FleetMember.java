package io.weir.command;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.GatewayConfig;
import io.weir.client.BusAccessTokens;
import io.weir.client.CredentialFetcher;
import io.weir.client.SharedCredentials;
import io.weir.dispatch.IdentityCodec;
import io.weir.redis.RedisConfig;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.token.RedisTokenStore;
import io.weir.token.TokenLimits;
import io.weir.token.TokenVerticle;
import java.time.Duration;

/**
 * Makes a command's process one of the instances that share a Redis: it then fetches under their lease, and what it fetches
 * is theirs.
 */
record FleetMember(Vertx vertx, GatewayConfig config, RedisConfig redis) {
    private static final Duration ANSWER = Duration.ofSeconds(12);

    /** Fails where Redis cannot be reached: a keeper without it would fetch alone. */
    Future<SharedCredentials> join(CredentialFetcher issuer) {
        RedisLink link = RedisLink.open(vertx, redis, RedisLimits.DEFAULT);
        return link.attempted().compose(tried -> link.state().up() ? keep(link, issuer) : away(link));
    }

    private Future<SharedCredentials> keep(RedisLink link, CredentialFetcher issuer) {
        IdentityCodec.install(vertx);
        TokenVerticle keeper = new TokenVerticle(
                config.accounts(),
                new RedisTokenStore(link),
                issuer,
                TokenLimits.of(config.wechat().timeout()));
        return vertx.deployVerticle(keeper).map(deployed -> new BusAccessTokens(vertx, ANSWER));
    }

    private static Future<SharedCredentials> away(RedisLink link) {
        link.close();
        return Future.failedFuture("Redis is away");
    }
}
