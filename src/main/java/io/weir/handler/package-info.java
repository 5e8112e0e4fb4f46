/**
 * The answers: a handler verticle for each kind of push, or family of kinds, under its own name. A handler reads the push and returns
 * its reply; it sees neither HTTP nor XML nor keys. Handlers do not know each other; {@link io.weir.handler.HandlerTable} sees to it
 * that each kind has exactly one.
 */
@NullMarked
package io.weir.handler;

import org.jspecify.annotations.NullMarked;
