/** The handlers of the rig, as a user would write them; packed into a jar and loaded by the gateways. */
@NullMarked
package io.weir.faults.handler;

import org.jspecify.annotations.NullMarked;
