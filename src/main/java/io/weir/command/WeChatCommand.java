package io.weir.command;

import io.weir.GatewayConfig;
import io.weir.cli.Terminal;
import io.weir.config.AccountConfig;
import java.util.function.BiFunction;

/** A command that asks WeChat about one account. */
abstract class WeChatCommand extends ConfiguredCommand {
    WeChatCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    /**
     * Works with a session of the account that the options name.
     *
     * @param force whether to fetch a token even where that ends the one that others use
     * @throws io.weir.cli.CommandException where the options name no account of the configuration
     * @throws io.weir.config.ConfigException where that has errors
     */
    final int withWeChat(boolean force, BiFunction<WeChatSession, AccountConfig, Integer> work) {
        GatewayConfig config = load().require();
        AccountConfig account = account(config);
        try (WeChatSession session = new WeChatSession(config, force, terminal::talk)) {
            return work.apply(session, account);
        }
    }
}
