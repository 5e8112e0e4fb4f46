/** The way to Redis. A stair: it knows no room. */
@NullMarked
package io.weir.redis;

import org.jspecify.annotations.NullMarked;
