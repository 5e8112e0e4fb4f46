/**
 * WeChat's side of the protocol, simulated: builds, signs and sends pushes, and says what a person would see of the
 * answer. {@code weir trigger} is its first door.
 *
 * <p>A room. Of {@code io.weir.wechat} it imports {@code crypto} and nothing else: XML, names and the rules of replies are
 * written here a second time on purpose, since a fake that shared the gateway's parser would share its mistakes.
 * Deliberately absent: the configuration file; {@link io.weir.simulator.Accounts} is what the composition root maps
 * it to.
 */
@NullMarked
package io.weir.simulator;

import org.jspecify.annotations.NullMarked;
