/** What needs no answer: finished jobs, sessions of the customer service, verification, and what has no record yet. */
@NullMarked
package io.weir.handler.other;

import org.jspecify.annotations.NullMarked;
