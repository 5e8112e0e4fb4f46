/**
 * Looks whether the world is as a gateway needs it: WeChat, Redis, the clock, the gateway that runs here. A room: its checks
 * are composed by the roof, which knows the configuration; nothing here changes anything that lasts.
 */
@NullMarked
package io.weir.doctor;

import org.jspecify.annotations.NullMarked;
