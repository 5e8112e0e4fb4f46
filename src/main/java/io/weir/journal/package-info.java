/**
 * The journal: what came to this instance lately and what became of it, for people who ask, with the routes that show it, send it live
 * and replay it.
 *
 * <p>{@link io.weir.journal.Journalled} stands on the path of every push, so it copies bytes into a ring and formats nothing; a push is
 * read again when somebody opens it. Bounded in number and in bytes; in memory only.
 */
@NullMarked
package io.weir.journal;

import org.jspecify.annotations.NullMarked;
