/**
 * When to try again. Core: pure Java, imported by whoever repeats something.
 *
 * <p>Deliberately absent: timers, clocks, sources of chance, and the decision whether to try again at all.
 */
@NullMarked
package io.weir.retry;

import org.jspecify.annotations.NullMarked;
