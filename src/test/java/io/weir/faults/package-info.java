/**
 * The rig of faults: real gateways behind a real HAProxy with a real Redis, something is broken under load, and two ledgers
 * that know nothing of each other tell whether the promises were kept. {@code scripts/faults} runs it.
 *
 * <p>It sees Weir as WeChat does, over HTTP, and knows no class of it but {@code cli}, to speak with, and what the handlers
 * in its jar implement.
 */
@NullMarked
package io.weir.faults;

import org.jspecify.annotations.NullMarked;
