/** Positions that clients report (event {@code LOCATION}, not the location message). */
@NullMarked
package io.weir.handler.location;

import org.jspecify.annotations.NullMarked;
