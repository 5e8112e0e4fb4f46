/**
 * The corridor: how a push gets from the door to the handler verticle of its kind and how the reply comes back.
 *
 * <p>A stair: it knows the dictionary, and no room. What stands in the corridor is a {@link io.weir.dispatch.Dispatcher}
 * round a Dispatcher. Deliberately absent: HTTP, XML, keys, and any knowledge of what is answered.
 */
@NullMarked
package io.weir.dispatch;

import org.jspecify.annotations.NullMarked;
