/**
 * What WeChat knows and decides: tokens, menus, followers, tags, material, windows and quotas of each account, and the
 * refusals with WeChat's own codes. Plain classes without HTTP; {@code simulator.api} puts the calls before them.
 *
 * <p>JSON comes and goes as Jackson's trees, as it stands on the wire: records of its own would refuse what WeChat takes.
 * Nothing here is safe for several threads by itself: all goes through {@link io.weir.simulator.platform.Platform#exclusively}.
 */
@NullMarked
package io.weir.simulator.platform;

import org.jspecify.annotations.NullMarked;
