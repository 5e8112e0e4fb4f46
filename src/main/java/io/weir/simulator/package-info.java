/**
 * WeChat, simulated: its server API, its pushes, the people who tap, and faults of all of them on command. {@code weir
 * simulator} and {@code weir trigger} are its doors, and Weir's own tests use it as their WeChat.
 *
 * <p>A room. Of {@code io.weir.wechat} it imports {@code crypto} and nothing else, so that it does not share the gateway's
 * mistakes. Deliberately absent: the configuration file; {@link io.weir.simulator.Accounts} is what the composition root
 * maps it to.
 */
@NullMarked
package io.weir.simulator;

import org.jspecify.annotations.NullMarked;
