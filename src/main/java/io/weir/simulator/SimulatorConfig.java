package io.weir.simulator;

import io.weir.simulator.platform.Registration;
import io.weir.simulator.push.SimulatedAccount;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a simulated WeChat is started with.
 *
 * @param port 0 for a free one
 * @param stateFile where its state is kept across restarts; empty: in memory only
 * @param accounts those that are registered with it, at least one
 * @param sampleMenu whether they begin with a menu that has a button of every type, else with none
 */
public record SimulatorConfig(
        String host, int port, Optional<Path> stateFile, List<OfficialAccount> accounts, boolean sampleMenu) {
    /** The port that {@code weir simulator} and {@code weir dev} begin with. */
    public static final int DEFAULT_PORT = 8082;

    public SimulatorConfig {
        accounts = List.copyOf(accounts);
    }

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
}
