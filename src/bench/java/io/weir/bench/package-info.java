/**
 * The benchmarks: a load generator that measures servers as child processes, and the bare server that Weir is compared
 * with.
 *
 * <p>No part of the product: built by {@code scripts/bench} only. It may use {@code wechat.crypto} to sign and
 * {@code cli} to speak, and knows nothing else of Weir: it sees Weir as WeChat does, over HTTP.
 */
@NullMarked
package io.weir.bench;

import org.jspecify.annotations.NullMarked;
