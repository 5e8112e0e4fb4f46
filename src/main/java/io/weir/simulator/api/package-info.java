/** WeChat's server API over HTTP: the table of calls, what is checked before each, and the quirks of the answers. */
@NullMarked
package io.weir.simulator.api;

import org.jspecify.annotations.NullMarked;
