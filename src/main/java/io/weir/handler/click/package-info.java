/** The answer to a tap on a {@code click} button. */
@NullMarked
package io.weir.handler.click;

import org.jspecify.annotations.NullMarked;
