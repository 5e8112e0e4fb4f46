/**
 * Configuration text to values: one YAML file is read into a {@link io.weir.config.Section}, whose typed getters hand
 * out what the rooms put into their own records and gather every {@link io.weir.config.Problem} on the way, so that all
 * of them are reported together.
 *
 * <p>May import the JDK, SnakeYAML and JSpecify. Deliberately absent: the records of settings themselves (each room owns
 * its own), file access (callers hand over the text), logging, Vert.x, and YAML's idea of types, tags and merge keys.
 */
@NullMarked
package io.weir.config;

import org.jspecify.annotations.NullMarked;
