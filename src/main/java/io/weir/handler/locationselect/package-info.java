/** The answer to a place chosen through the menu. */
@NullMarked
package io.weir.handler.locationselect;

import org.jspecify.annotations.NullMarked;
