package io.weir.simulator.push;

import java.net.URI;

/**
 * A push on its way.
 *
 * @param target the URL of the account's settings page
 */
record PushRequest(SimulatedPush push, SimulatedAccount account, URI target) {}
