/**
 * Changes the menus at WeChat, one at a time for each account: the lease, the backups, the steps, the rollback, the pictures that are
 * uploaded once; and the preview of what a person sees. Imports {@code menu.diff} and {@code menu.file}.
 */
@NullMarked
package io.weir.menu.publish;

import org.jspecify.annotations.NullMarked;
