/**
 * The menu routes of the admin port: live menus, plans, validation, publication, rollback, previews. Imports the other menu packages;
 * none of them imports it.
 */
@NullMarked
package io.weir.menu.http;

import org.jspecify.annotations.NullMarked;
