/**
 * Once, and in time: a push is handled by one run, whichever instances its attempts reach, and every attempt gets the answer
 * of that run ({@link io.weir.dispatch.once.OnceOnly}).
 *
 * <p>What instances know of each other's pushes stands in a {@link io.weir.dispatch.once.PushStore}: of one instance in
 * memory, of several in Redis with memory beside it.
 */
@NullMarked
package io.weir.dispatch.once;

import org.jspecify.annotations.NullMarked;
