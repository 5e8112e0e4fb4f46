/**
 * WeChat's signatures and message encryption ({@code encryption.md}), pinned by the vectors of
 * {@code crypto-vectors.json}.
 *
 * <p>Core: pure Java. The only package that touches {@code javax.crypto} or a message digest of the protocol. It
 * deals in strings and bytes: deliberately absent are XML, envelopes, accounts and modes.
 */
@NullMarked
package io.weir.wechat.crypto;

import org.jspecify.annotations.NullMarked;
