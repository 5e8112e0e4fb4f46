/**
 * Checks Weir's dependencies and suggests fixes: WeChat, Redis, the clock, the gateway that runs here. A feature: its checks
 * are composed by the command, which knows the configuration; nothing here changes anything that lasts.
 */
@NullMarked
package io.weir.doctor;

import org.jspecify.annotations.NullMarked;
