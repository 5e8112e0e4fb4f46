/**
 * Pushes as WeChat makes them: built, signed, sent, and what a person would see of the answer.
 *
 * <p>Of {@code io.weir.wechat} it imports {@code crypto} and nothing else: XML, names and the rules of replies are written
 * here a second time on purpose, since a fake that shared the gateway's parser would share its mistakes.
 */
@NullMarked
package io.weir.simulator.push;

import org.jspecify.annotations.NullMarked;
