package io.weir.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import io.weir.cli.Signals;
import io.weir.cli.Terminal;
import io.weir.client.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir journal replay} has dead letters, or a range of time, handled again. */
@Command(
        name = "replay",
        header = "Have dead letters, or a range of the journal, handled again.",
        description = {
            "",
            "Without --backend handlers run again, marked redelivered; a reply goes out as a customer-service",
            "message while the push grants one, later it is counted as lost. With --backend that one gets the",
            "copies again. Ctrl-C stops the replay and tells how far it came. The gateway that runs on this",
            "machine does it.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir journal replay --dead --dry-run",
            "  weir journal replay --dead --type subscribe --yes",
            "  weir journal replay --from 2h --backend crm --rate 50"
        },
        sortOptions = false)
public final class JournalReplayCommand extends JournalCommandSupport {
    private static final long LOOK_MILLIS = 500;
    private static final int BAR = 30;

    private final Consumer<Consumer<String>> signals;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "These entries only.")
    private List<String> ids = List.of();

    @Mixin
    private RangeOptions range = new RangeOptions();

    @Option(names = "--backend", paramLabel = "NAME", description = "Send this backend its copies again.")
    private Optional<String> backend = Optional.empty();

    @Option(names = "--rate", paramLabel = "N", description = "Entries a second, at most 200. Default: 10.")
    private int rate = 10;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only count, and list the first.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    JournalReplayCommand(Terminal terminal, ConfigFiles files) {
        this(terminal, files, Signals::onTerminate);
    }

    /**
     * One that has not run.
     *
     * @param signals told whom to tell about Ctrl-C
     */
    public JournalReplayCommand(Terminal terminal, ConfigFiles files, Consumer<Consumer<String>> signals) {
        super(terminal, files);
        this.signals = signals;
    }

    /** Picocli's entry: blocks the calling thread until the replay has ended. */
    @Override
    public Integer call() {
        try (Asked gateway = ask()) {
            JsonNode found = gateway.send(HttpMethod.POST, "/replays", Optional.of(order(gateway, true)));
            if (dryRun) {
                return tell(found);
            }
            int total = found.path("total").asInt();
            if (total == 0) {
                terminal.talk("nothing matches");
                return ExitCode.DONE;
            }
            if (!isAgreed(total)) {
                return ExitCode.FAILED;
            }
            return follow(gateway, gateway.send(HttpMethod.POST, "/replays", Optional.of(order(gateway, false))));
        }
    }

    private ObjectNode order(Asked gateway, boolean dry) {
        ObjectNode order = Json.object()
                .put("account", gateway.account().name())
                .put("dead", dead)
                .put("rate", rate)
                .put("dryRun", dry);
        range.from.ifPresent(text -> order.put("from", text));
        range.to.ifPresent(text -> order.put("to", text));
        range.type.ifPresent(text -> order.put("type", text));
        backend.ifPresent(text -> order.put("backend", text));
        if (!ids.isEmpty()) {
            ids.forEach(order.putArray("ids")::add);
        }
        return order;
    }

    private int tell(JsonNode found) {
        if (asJson) {
            terminal.result(found.toPrettyString());
        } else {
            terminal.result(found.path("total").asInt() + " would be replayed");
            show(found);
        }
        return ExitCode.DONE;
    }

    private boolean isAgreed(int total) {
        return yes
                || terminal.ask("Replay " + total + " entries? [y/N] ")
                        .map(answer -> answer.strip().toLowerCase(Locale.ROOT))
                        .map(answer -> answer.equals("y") || answer.equals("yes"))
                        .orElseThrow(() -> new CommandException(
                                ExitCode.USAGE,
                                "there is no terminal to ask at: say --yes to do it; nothing was done"));
    }

    private int follow(Asked gateway, JsonNode begun) {
        String path = "/replays/" + begun.path("id").asText();
        CountDownLatch interrupted = new CountDownLatch(1);
        signals.accept(signal -> {
            if (interrupted.getCount() == 0) {
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
            }
            interrupted.countDown();
        });
        JsonNode state = begun;
        while (state.path("state").asText().equals("running")) {
            showProgress(state);
            if (isDown(interrupted)) {
                state = gateway.send(HttpMethod.DELETE, path, Optional.empty());
            } else {
                state = gateway.send(HttpMethod.GET, path, Optional.empty());
            }
        }
        showProgress(state);
        return end(state);
    }

    private static boolean isDown(CountDownLatch interrupted) {
        try {
            return interrupted.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void showProgress(JsonNode state) {
        if (terminal.colours() && !asJson) {
            int total = Math.max(1, state.path("total").asInt());
            int over = over(state);
            int filled = (int) ((long) over * BAR / total);
            terminal.err().print("\r[" + "#".repeat(filled) + " ".repeat(BAR - filled) + "] " + over + "/" + total);
            terminal.err().print(state.path("state").asText().equals("running") ? "" : "\n");
            terminal.err().flush();
        }
    }

    private static int over(JsonNode state) {
        return state.path("done").asInt()
                + state.path("failed").asInt()
                + state.path("gone").asInt();
    }

    private int end(JsonNode state) {
        String how = state.path("state").asText();
        if (asJson) {
            terminal.result(state.toPrettyString());
        } else {
            terminal.result(how + ": " + text(state, "done") + " of " + text(state, "total") + " replayed, "
                    + text(state, "failed") + " failed, " + text(state, "gone") + " were gone"
                    + (state.has("error") ? "; last error: " + text(state, "error") : ""));
        }
        if (how.equals("stopped")) {
            return ExitCode.INTERRUPTED;
        }
        return how.equals("done") && state.path("failed").asInt() == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }
}
