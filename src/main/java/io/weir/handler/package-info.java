/**
 * The answers: a room for each kind, or family of kinds, of push. No room knows another.
 */
@NullMarked
package io.weir.handler;

import org.jspecify.annotations.NullMarked;
