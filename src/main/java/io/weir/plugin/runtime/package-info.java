/**
 * How the jars of custom handlers are loaded, joined with the configuration, run so that they harm nobody, and replaced.
 *
 * <p>Infrastructure: it knows no feature.
 */
@NullMarked
package io.weir.plugin.runtime;

import org.jspecify.annotations.NullMarked;
