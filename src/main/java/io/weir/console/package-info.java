/**
 * The operator's side: the admin port, with probes, health, metrics, the admin API and the console's pages. A route is a line
 * in {@link io.weir.console.AdminRoutes} or {@link io.weir.console.ConsoleRoutes}, a small class that answers it, and its
 * description in {@code openapi.json}.
 *
 * <p>Names that come from WeChat stay WeChat's ({@code access_token}, {@code expires_in}, {@code ip_list}, {@code errcode});
 * Weir's own are in camel case. What is absent has no member; times are whole seconds from now.
 */
@NullMarked
package io.weir.console;

import org.jspecify.annotations.NullMarked;
