/**
 * What an account's menus are, what is wanted of them, and the difference: {@link io.weir.menu.diff.MenuPlan}, pure and made anew each
 * time, and how it is shown. Imports nothing of the other menu packages.
 */
@NullMarked
package io.weir.menu.diff;

import org.jspecify.annotations.NullMarked;
