/** Replies that come too late for every attempt of WeChat's: sent as customer-service messages where a push grants one. */
@NullMarked
package io.weir.dispatch.late;

import org.jspecify.annotations.NullMarked;
