/**
 * How a push gets from the push port to the handler verticle of its kind and how the reply comes back.
 *
 * <p>Infrastructure: it knows the message types and no feature. What stands on its way is a stage of a
 * {@link io.weir.dispatch.PushPipeline}. Deliberately absent: HTTP, XML, keys, and any knowledge of what is answered.
 */
@NullMarked
package io.weir.dispatch;

import org.jspecify.annotations.NullMarked;
