/**
 * What measures on the path of a push: counts that cost a few nanoseconds there and are gathered when somebody scrapes.
 *
 * <p>Infrastructure: knows no feature. Deliberately absent: what a library does well enough elsewhere, since counters and
 * gauges are Micrometer's.
 */
@NullMarked
package io.weir.metrics;

import org.jspecify.annotations.NullMarked;
