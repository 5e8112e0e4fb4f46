/** The operator's side: the admin port. */
@NullMarked
package io.weir.console;

import org.jspecify.annotations.NullMarked;
