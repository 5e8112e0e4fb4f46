/**
 * The codec: a request's query and body become a {@link io.weir.wechat.message.Push} or a {@link
 * io.weir.wechat.codec.Refusal}, a reply becomes the body of the response.
 *
 * <p>Core: pure Java. The checks of a push stand here once, in their order; deliberately absent are HTTP and clocks.
 */
@NullMarked
package io.weir.wechat.codec;

import org.jspecify.annotations.NullMarked;
