/**
 * The journal: what came to the door of this instance lately and what became of it, for people who ask.
 *
 * <p>It stands on the path of every push, so it keeps references to what is there anyway, and formats nothing. Bounded in
 * number and in bytes; in memory only.
 */
@NullMarked
package io.weir.dispatch.journal;

import org.jspecify.annotations.NullMarked;
