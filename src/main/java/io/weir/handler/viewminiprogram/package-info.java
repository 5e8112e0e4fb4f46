/** A tap on a {@code miniprogram} button. */
@NullMarked
package io.weir.handler.viewminiprogram;

import org.jspecify.annotations.NullMarked;
