/** A proxy between gateway and Redis that does what networks and sick servers do. */
@NullMarked
package io.weir.faults.proxy;

import org.jspecify.annotations.NullMarked;
