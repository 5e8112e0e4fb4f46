/**
 * What tests of handlers use: {@link io.weir.testkit.WeirExtension} starts a gateway and a simulated WeChat for a JUnit test.
 *
 * <p>An entry point: may import every feature; nothing imports it.
 */
@NullMarked
package io.weir.testkit;

import org.jspecify.annotations.NullMarked;
