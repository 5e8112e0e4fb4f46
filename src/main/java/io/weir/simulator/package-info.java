/**
 * WeChat, simulated: its server API, its pushes, the people who tap, and faults of all of them on command. {@code weir simulator}
 * and {@code weir trigger} start it, and Weir's own tests use it as their WeChat.
 *
 * <p>A feature that only {@code command} and {@code testkit} import. Of {@code io.weir.wechat} it imports {@code crypto} and nothing
 * else, so that it does not share the gateway's mistakes. Deliberately absent: the configuration file; {@code command} maps it to
 * {@link io.weir.simulator.SimulatorAccounts}.
 */
@NullMarked
package io.weir.simulator;

import org.jspecify.annotations.NullMarked;
