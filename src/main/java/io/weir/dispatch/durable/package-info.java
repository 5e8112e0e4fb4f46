/** Pushes that must not be forgotten: kept where they outlive the instance that handles them. */
@NullMarked
package io.weir.dispatch.durable;

import org.jspecify.annotations.NullMarked;
