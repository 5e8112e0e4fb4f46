/**
 * Custom menus as WeChat knows them: the records, their JSON, what WeChat would refuse, and who sees which menu.
 *
 * <p>Core: pure Java and Jackson's trees; the text of files is read by {@code io.weir.config}. Written from menu-api.md.
 * Deliberately absent: calls, files, tags by name, answers to buttons, and the simulated WeChat, which has its own checks so
 * that neither repeats the other's mistakes.
 */
@NullMarked
package io.weir.wechat.menu;

import org.jspecify.annotations.NullMarked;
