/**
 * Custom answers: what a handler in a jar implements ({@link io.weir.plugin.Handler}, {@link
 * io.weir.plugin.Services}), and how such jars are loaded and run so that they harm nobody.
 *
 * <p>Infrastructure: it knows no feature.
 */
@NullMarked
package io.weir.plugin;

import org.jspecify.annotations.NullMarked;
