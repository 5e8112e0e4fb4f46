/**
 * The roof: the composition root and the table of contents. Only this package imports rooms.
 */
@NullMarked
package io.weir;

import org.jspecify.annotations.NullMarked;
