/**
 * What can stand in a chat, whoever put it there. Knows neither pushes nor people; how it is drawn is up to the page.
 */
@NullMarked
package io.weir.simulator.chat;

import org.jspecify.annotations.NullMarked;
