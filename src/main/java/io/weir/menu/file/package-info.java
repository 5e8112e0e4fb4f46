/**
 * Menu files and what is checked of them before any call: texts in YAML and JSON, pictures beside them, findings with their places; and
 * {@link io.weir.menu.file.MenuPull}, which writes a file from what is live. Imports {@code menu.diff}.
 */
@NullMarked
package io.weir.menu.file;

import org.jspecify.annotations.NullMarked;
