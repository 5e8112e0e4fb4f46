/**
 * Whether an instance should get pushes, and what is wrong with it: {@code /live}, {@code /ready}, {@code /health} and
 * {@code /metrics}, the check of the clocks, and the warm-up that runs before an instance is ready.
 *
 * <p>An entry point: may import features, since it reports on them. Deliberately absent: checks of a whole installation, which
 * {@code doctor} makes.
 */
@NullMarked
package io.weir.health;

import org.jspecify.annotations.NullMarked;
