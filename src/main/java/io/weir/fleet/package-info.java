/**
 * The instances that share a Redis: who they are, and a way to ask one of them. Infrastructure: it knows no feature.
 *
 * <p>Nothing here stands on the path of a push; the link to Redis is separate from the one that pushes use, so that neither a large
 * answer nor a missing right of Redis concerns them. Deliberately absent: HTTP between instances, since admin ports listen on
 * loopback, and any decision that instances would have to agree on.
 */
@NullMarked
package io.weir.fleet;

import org.jspecify.annotations.NullMarked;
