/** The answer to a scan. */
@NullMarked
package io.weir.handler.scancode;

import org.jspecify.annotations.NullMarked;
