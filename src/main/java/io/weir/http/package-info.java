/**
 * How Weir serves HTTP: servers without Vert.x' generous defaults, bounded bodies, bounded waiting.
 *
 * <p>A stair: it knows no room. Deliberately absent: routes, and what a request means.
 */
@NullMarked
package io.weir.http;

import org.jspecify.annotations.NullMarked;
