package io.weir;

import io.weir.cli.CommonOptions;
import io.weir.cli.Terminal;
import io.weir.config.AccountConfig;
import java.util.function.BiFunction;

/** Opens {@link WeChatSession}s for commands, by their options. */
final class WeChatSessions {
    private final ConfigFiles files;
    private final Terminal terminal;

    WeChatSessions(ConfigFiles files, Terminal terminal) {
        this.files = files;
        this.terminal = terminal;
    }

    /**
     * Lets a command work with a session of the account that its options name.
     *
     * @throws io.weir.cli.CommandException where they name none of the configuration
     * @throws io.weir.config.ConfigException where that has errors
     */
    int with(CommonOptions options, boolean force, BiFunction<WeChatSession, AccountConfig, Integer> work) {
        GatewayConfig config = files.load(options.conf()).require();
        AccountConfig account = ConfiguredAccounts.named(config, options.account());
        try (WeChatSession session = open(config, force)) {
            return work.apply(session, account);
        }
    }

    /** A session for all accounts. */
    WeChatSession open(GatewayConfig config, boolean force) {
        return new WeChatSession(config, force, terminal::talk);
    }
}
