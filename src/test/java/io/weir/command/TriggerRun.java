package io.weir.command;

import io.weir.cli.CommandException;
import io.weir.cli.CommandRunner;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.simulator.SimulatorAccounts;
import io.weir.simulator.SimulatorConfig.OfficialAccount;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.Pusher;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.simulator.push.TestAccounts;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs {@code weir trigger} as the composition root does, with what it prints kept. */
final class TriggerRun {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    SimulatedAccount account = TestAccounts.in(PushMode.PLAINTEXT);
    Duration limit = Pusher.WECHAT_LIMIT;
    Consumer<Consumer<String>> signals = ctrlC -> {};

    int run(URI defaultTarget, String... arguments) {
        Terminal terminal = new Terminal(out, err, false);
        TriggerCommand trigger = new TriggerCommand(accounts(defaultTarget), terminal, limit, signals);
        String[] all = new String[arguments.length + 1];
        all[0] = "trigger";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new CommandRunner(terminal, List.of()).run(new CommandLine(new Root()).addSubcommand(trigger), all);
    }

    private SimulatorAccounts accounts(URI defaultTarget) {
        return new SimulatorAccounts() {
            @Override
            public SimulatedAccount find(Optional<Path> conf, Optional<String> name) {
                if (name.isPresent()) {
                    throw new CommandException(
                            ExitCode.CONFIGURATION, conf.orElseThrow() + " has no account " + name.get());
                }
                return account;
            }

            @Override
            public List<OfficialAccount> all(Optional<Path> conf) {
                throw new AssertionError("trigger asks for one account");
            }

            @Override
            public URI defaultTarget(Optional<Path> conf, SimulatedAccount chosen) {
                return defaultTarget;
            }
        };
    }

    @Command(name = "weir")
    private static final class Root {}
}
