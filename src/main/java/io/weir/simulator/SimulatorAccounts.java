package io.weir.simulator;

import io.weir.simulator.SimulatorConfig.OfficialAccount;
import io.weir.simulator.push.SimulatedAccount;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the commands get their account from; the composition root reads the configuration behind it. Its
 * methods may throw what the root's exception translators know.
 */
public interface SimulatorAccounts {
    /**
     * The account to push for.
     *
     * @param conf the configuration file; empty: the built-in dev account
     * @param account its name; empty: the only one there is
     */
    SimulatedAccount find(Optional<Path> conf, Optional<String> account);

    /**
     * Every account of a configuration, as WeChat has it.
     *
     * @param conf the configuration file; empty: the built-in dev account
     */
    List<OfficialAccount> all(Optional<Path> conf);

    /** The URL at which a gateway with this configuration on this machine takes the pushes of {@code account}. */
    URI defaultTarget(Optional<Path> conf, SimulatedAccount account);
}
