/**
 * The journal: what came to this instance lately and what became of it, for people who ask.
 *
 * <p>{@link io.weir.dispatch.journal.Journalled} stands on the path of every push, so it copies bytes into a ring and formats
 * nothing; a push is read again when somebody looks at it. Bounded in number and in bytes; in memory only.
 */
@NullMarked
package io.weir.dispatch.journal;

import org.jspecify.annotations.NullMarked;
