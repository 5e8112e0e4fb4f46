/**
 * How Weir serves HTTP: servers without Vert.x' generous defaults, bounded bodies, bounded waiting.
 *
 * <p>Infrastructure: it knows no feature. Deliberately absent: routes, and what a request means.
 */
@NullMarked
package io.weir.http;

import org.jspecify.annotations.NullMarked;
