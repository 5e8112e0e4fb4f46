/**
 * The commands of {@code weir}, one class each, and what several of them share: the configuration and its accounts, a session with
 * WeChat's API, the menu commands' support. {@link io.weir.command.Commands} is their table.
 *
 * <p>An entry point: may import every feature; nothing but {@code Main} and {@code testkit} imports it. Deliberately absent: rules of
 * WeChat and of menus, which live in the features.
 */
@NullMarked
package io.weir.command;

import org.jspecify.annotations.NullMarked;
