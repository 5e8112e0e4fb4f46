/**
 * The way to Redis. Infrastructure: it knows no feature, and alone knows the driver.
 *
 * <p>{@link io.weir.redis.RedisLink} is one connection with limits. Deliberately absent: a pool, since commands follow each
 * other on one connection without waiting, and the driver's client for sentinels, which knows one password only and has no
 * limits: {@code RedisConnector} asks the sentinels itself.
 */
@NullMarked
package io.weir.redis;

import org.jspecify.annotations.NullMarked;
