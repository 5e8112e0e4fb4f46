/** The answer to a follower's scan of a QR code of the account. */
@NullMarked
package io.weir.handler.scan;

import org.jspecify.annotations.NullMarked;
