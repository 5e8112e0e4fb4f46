/**
 * The text of files that people write to values. Configuration, replies and menus are parsed once, YAML by SnakeYAML and JSON by
 * Jackson, into the same {@link io.weir.config.Node}s, which know line and column. A {@link io.weir.config.Section} reads one
 * map of them: its typed getters hand out what the features put into their own records and gather every
 * {@link io.weir.config.Problem} on the way, so that all of them are reported together.
 *
 * <p>May import the JDK, SnakeYAML, Jackson and JSpecify. Deliberately absent: the records of settings themselves (each feature
 * owns its own), file access (callers hand over the text), logging, Vert.x, YAML's idea of types, tags and merge keys, and the
 * JSON of programs, which Jackson reads alone.
 */
@NullMarked
package io.weir.config;

import org.jspecify.annotations.NullMarked;
