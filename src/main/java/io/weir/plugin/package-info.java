/**
 * What custom handlers are written against: {@link io.weir.plugin.Handler}, {@link io.weir.plugin.BlockingHandler}, {@link
 * io.weir.plugin.Observer} and what they get, {@link io.weir.plugin.Services}. With the records of pushes and replies it is the
 * artifact {@code weir-api}, so that nothing here may need more than Vert.x Core.
 *
 * <p>Infrastructure: it knows no feature.
 */
@NullMarked
package io.weir.plugin;

import org.jspecify.annotations.NullMarked;
