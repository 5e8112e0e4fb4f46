/**
 * The phone page: a chat with a simulated account in a browser, on the simulator's port. What it shows and does goes through
 * the control API; here are its files, what it is told at once, and what it is told as it happens.
 *
 * <p>Deliberately absent: drawing. That is in the files beside this package on the class path, as they are, without a build.
 */
@NullMarked
package io.weir.simulator.page;

import org.jspecify.annotations.NullMarked;
