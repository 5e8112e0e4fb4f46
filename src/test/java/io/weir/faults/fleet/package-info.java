/** What is broken: processes of Weir, the balancer before them, and the WeChat and the Redis behind them. */
@NullMarked
package io.weir.faults.fleet;

import org.jspecify.annotations.NullMarked;
