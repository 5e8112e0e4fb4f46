/**
 * The way to WeChat's server API: {@link io.weir.client.WeChatClient} makes the calls, {@link io.weir.client.WeChatCredentialFetcher}
 * fetches tokens, {@link io.weir.client.AccessTokens} is where calls get theirs from.
 *
 * <p>Infrastructure: it knows no feature. Deliberately absent: keeping tokens, which the token feature does, and Redis, which stands
 * behind {@link io.weir.redis.FleetCounter}.
 */
@NullMarked
package io.weir.client;

import org.jspecify.annotations.NullMarked;
