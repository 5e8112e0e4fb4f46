/**
 * Takes over a changed configuration file without a restart: the accounts' Tokens, keys, modes and original ids.
 *
 * <p>An entry point: may import features. Deliberately absent: the reload of replies files, which {@code replies} does.
 */
@NullMarked
package io.weir.reload;

import org.jspecify.annotations.NullMarked;
