/**
 * The way to WeChat's server API: {@link io.weir.client.WeChatClient} makes the calls, {@link io.weir.client.WeChatIssuer}
 * fetches tokens, {@link io.weir.client.AccessTokens} is where calls get theirs from.
 *
 * <p>A stair: it knows no room. Deliberately absent: keeping tokens, which the token room does, and Redis, which stands
 * behind {@link io.weir.redis.FleetCounter}.
 */
@NullMarked
package io.weir.client;

import org.jspecify.annotations.NullMarked;
