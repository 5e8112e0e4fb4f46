package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.node.ArrayNode;

/**
 * The menu at the bottom of a person's screen.
 *
 * @param menuid which one it is, as VIEW events tell
 * @param button its buttons; {@code sub_button} is an array, empty on leaves
 */
public record SeenMenu(String menuid, ArrayNode button) {}
