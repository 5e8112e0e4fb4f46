package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A customer-service message as a person received it.
 *
 * @param message the whole body of the call, as the account sent it
 */
public record SentCustomerMessage(String openid, Instant at, ObjectNode message) {}
