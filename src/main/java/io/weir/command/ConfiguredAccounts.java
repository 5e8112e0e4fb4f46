package io.weir.command;

import io.weir.GatewayConfig;
import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import io.weir.config.AccountConfig;
import io.weir.receiver.PushConfig;
import io.weir.simulator.SimulatorAccounts;
import io.weir.simulator.SimulatorConfig.OfficialAccount;
import io.weir.simulator.platform.Registration;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.SimulatedAccount;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The configured accounts as the simulator sees them: what WeChat knows of an account. */
public final class ConfiguredAccounts implements SimulatorAccounts {
    private static final String ANY_ORIGINAL_ID = "gh_000000000000";

    private final ConfigFiles files;

    public ConfiguredAccounts(ConfigFiles files) {
        this.files = files;
    }

    @Override
    public SimulatedAccount find(Optional<Path> conf, Optional<String> account) {
        GatewayConfig config = config(conf);
        AccountConfig found = named(config, account);
        return pushes(found, mode(found, conf));
    }

    /** @throws CommandException where there is no such account, or several and no name */
    static AccountConfig named(GatewayConfig config, Optional<String> account) {
        return config.account(account).orElseThrow(() -> notFound(config, account));
    }

    @Override
    public List<OfficialAccount> all(Optional<Path> conf) {
        GatewayConfig config = config(conf);
        return config.accounts().stream()
                .map(account -> official(account, mode(account, conf), target(config.push(), account.name())))
                .toList();
    }

    /** The accounts of a configuration as WeChat has them, all of them pushed to in the same mode. */
    public static List<OfficialAccount> official(GatewayConfig config, PushMode mode) {
        return config.accounts().stream()
                .map(account -> official(account, mode, target(config.push(), account.name())))
                .toList();
    }

    private static OfficialAccount official(AccountConfig account, PushMode mode, URI url) {
        return new OfficialAccount(
                Registration.of(
                                account.name(),
                                account.appId(),
                                account.appSecret().reveal(),
                                account.originalId().orElse(ANY_ORIGINAL_ID))
                        .testAccount(account.testAccount()),
                pushes(account, mode),
                url);
    }

    private static SimulatedAccount pushes(AccountConfig account, PushMode mode) {
        return new SimulatedAccount(
                account.name(),
                account.appId(),
                account.tokens().get(0).reveal(),
                account.aesKeys().stream().findFirst(),
                account.originalId().orElse(ANY_ORIGINAL_ID),
                mode);
    }

    /** The made-up account takes both, and is pushed to in clear unless asked otherwise. */
    private static PushMode mode(AccountConfig account, Optional<Path> conf) {
        return switch (account.mode()) {
            case PLAINTEXT -> PushMode.PLAINTEXT;
            case COMPATIBLE -> conf.isEmpty() ? PushMode.PLAINTEXT : PushMode.COMPATIBLE;
            case SAFE -> PushMode.SAFE;
        };
    }

    /** What is wrong in a replies file does not matter here. */
    private GatewayConfig config(Optional<Path> conf) {
        ConfigFiles.Loaded loaded = files.load(conf);
        return loaded.config().orElseGet(loaded::require);
    }

    @Override
    public URI defaultTarget(Optional<Path> conf, SimulatedAccount account) {
        return target(config(conf).push(), account.name());
    }

    /** Where the gateway of this machine takes the pushes of an account. */
    static URI target(PushConfig push, String account) {
        return push.localUrl(account);
    }

    private static CommandException notFound(GatewayConfig config, Optional<String> account) {
        String names = config.accounts().stream().map(AccountConfig::name).collect(Collectors.joining(", "));
        String asked = account.map(name -> "there is no account " + name).orElse("there are several accounts");
        return new CommandException(ExitCode.USAGE, asked + "; give one of them with --account: " + names);
    }
}
