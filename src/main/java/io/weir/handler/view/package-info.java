/** A tap on a {@code view} button. */
@NullMarked
package io.weir.handler.view;

import org.jspecify.annotations.NullMarked;
