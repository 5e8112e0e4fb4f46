package io.weir.simulator;

import io.weir.simulator.platform.Registration;
import io.weir.simulator.push.SimulatedAccount;
import java.net.URI;

/**
 * An official account on the simulated WeChat.
 *
 * @param registration what its server API knows
 * @param pushes what its pushes are made with
 * @param url the URL of its settings page: where its pushes go at first
 */
public record OfficialAccount(Registration registration, SimulatedAccount pushes, URI url) {
    /** The same, pushed to another URL. */
    public OfficialAccount pushedTo(URI other) {
        return new OfficialAccount(registration, pushes, other);
    }

    /** The name under which the gateway knows it. */
    public String name() {
        return registration.name();
    }
}
