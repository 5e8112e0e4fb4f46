/**
 * The door: accepts WeChat's requests on the public port, refuses what is not genuine, hands each push to the corridor and
 * answers with what comes back.
 */
@NullMarked
package io.weir.receiver;

import org.jspecify.annotations.NullMarked;
