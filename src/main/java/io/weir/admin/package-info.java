/**
 * The admin port: who may ask ({@link io.weir.admin.AdminGuard}, {@link io.weir.admin.Sessions}), the table of routes, their description
 * ({@code openapi.json}), and the static files of the console. Each feature owns its routes; those of the accounts themselves are in
 * {@link io.weir.admin.AdminRoutes}.
 *
 * <p>Names that come from WeChat stay WeChat's ({@code access_token}, {@code expires_in}, {@code ip_list}, {@code errcode});
 * Weir's own are in camel case. What is absent has no member; times are whole seconds from now.
 */
@NullMarked
package io.weir.admin;

import org.jspecify.annotations.NullMarked;
