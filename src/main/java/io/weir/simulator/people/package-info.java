/**
 * The people in front of the simulated WeChat: their phones, what these do after a tap, and what stands in the chat.
 *
 * <p>What a client does is menu-api.md §2–3 and messages-and-events.md §4. Deliberately absent: how the chat is drawn.
 */
@NullMarked
package io.weir.simulator.people;

import org.jspecify.annotations.NullMarked;
