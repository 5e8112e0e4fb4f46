/**
 * WeChat's server API over HTTP: the table of calls, what is checked before each, the quirks of the answers, and faults on
 * command; and the control API, which steers all that from this machine.
 *
 * <p>Deliberately absent: what a call does, which is the business of {@code simulator.platform}, and what listens with which
 * tables, which is composed above.
 */
@NullMarked
package io.weir.simulator.api;

import org.jspecify.annotations.NullMarked;
