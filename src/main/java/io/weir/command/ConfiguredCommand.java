package io.weir.command;

import io.weir.GatewayConfig;
import io.weir.cli.CommonOptions;
import io.weir.cli.Terminal;
import io.weir.config.AccountConfig;

/** A command that works with a configuration: reads it, and finds the account that the options name. */
abstract class ConfiguredCommand extends BaseCommand {
    final ConfigFiles files;

    ConfiguredCommand(Terminal terminal, ConfigFiles files) {
        this(terminal, files, new CommonOptions());
    }

    /** @param options filled already, without picocli */
    ConfiguredCommand(Terminal terminal, ConfigFiles files, CommonOptions options) {
        super(terminal, options);
        this.files = files;
    }

    /** The configuration that the options name, with its problems. */
    final ConfigFiles.Loaded load() {
        return files.load(options.conf());
    }

    /**
     * The account that the options name, or the only one.
     *
     * @throws io.weir.cli.CommandException where they name none of the configuration
     */
    final AccountConfig account(GatewayConfig config) {
        return ConfiguredAccounts.named(config, options.account());
    }
}
