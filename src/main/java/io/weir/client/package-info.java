/** The way to WeChat's server API. A stair: it knows no room. */
@NullMarked
package io.weir.client;

import org.jspecify.annotations.NullMarked;
