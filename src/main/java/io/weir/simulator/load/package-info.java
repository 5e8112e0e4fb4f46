/**
 * Many pushes: which ones, how fast, and what came of them.
 *
 * <p>May import {@code push} and {@code time}. Deliberately absent: threads; a load runs on those of the client and of time.
 */
@NullMarked
package io.weir.simulator.load;

import org.jspecify.annotations.NullMarked;
