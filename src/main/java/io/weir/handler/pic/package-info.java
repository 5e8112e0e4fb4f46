/** The answer to pictures sent through the menu. */
@NullMarked
package io.weir.handler.pic;

import org.jspecify.annotations.NullMarked;
