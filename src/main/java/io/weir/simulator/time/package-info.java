/** Time that a test can move. Knows nothing of WeChat. */
@NullMarked
package io.weir.simulator.time;

import org.jspecify.annotations.NullMarked;
