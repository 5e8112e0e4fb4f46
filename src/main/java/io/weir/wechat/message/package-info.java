/**
 * The message types: what WeChat can push and what can be replied, as records.
 *
 * <p>Core: pure Java. A kind of push is a record nested in its family, the constructor beside it that reads it from
 * the wire, and its line in {@link io.weir.wechat.message.PushType}; nothing else knows a wire name. Deliberately absent:
 * signatures, encryption, HTTP, and anything that decides what to answer.
 */
@NullMarked
package io.weir.wechat.message;

import org.jspecify.annotations.NullMarked;
