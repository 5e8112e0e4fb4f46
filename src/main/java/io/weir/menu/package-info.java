/**
 * Menus as code: the file that says which menus an account is to have, whether its buttons have answers, and the way from
 * there to WeChat and back.
 *
 * <p>A room. Deliberately absent: WeChat's own rules and JSON, which are {@code io.weir.wechat.menu}.
 */
@NullMarked
package io.weir.menu;

import org.jspecify.annotations.NullMarked;
