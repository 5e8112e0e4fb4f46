/**
 * The composition root: {@link io.weir.Main} starts the commands, {@link io.weir.Gateway} lists what a gateway consists of, in the
 * order in which it starts, and {@link io.weir.GatewayConfig} its configuration. May import everything; deliberately absent: any work.
 */
@NullMarked
package io.weir;

import org.jspecify.annotations.NullMarked;
