/**
 * How a command on this machine asks the gateway that runs here, through its admin port. Infrastructure: it knows no feature, not
 * even the one that answers.
 */
@NullMarked
package io.weir.client.admin;

import org.jspecify.annotations.NullMarked;
