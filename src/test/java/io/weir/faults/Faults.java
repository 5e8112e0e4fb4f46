package io.weir.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.weir.cli.CommandException;
import io.weir.cli.CommandRunner;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.faults.fleet.Balancer;
import io.weir.faults.fleet.BusyCores;
import io.weir.faults.fleet.Weir;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code scripts/faults}. */
@Command(
        name = "scripts/faults",
        sortOptions = false,
        description = {
            "Breaks things round three gateways under load and tells whether the promises were kept: real processes behind a"
                    + " real HAProxy with a real Redis, pushes with WeChat's retry rule, and two ledgers, the pusher's and the"
                    + " handlers', that are compared at the end of each row.",
            "The instances run with the JVM flags of scripts/run. Every push counts, also the first ones, which come to"
                    + " processes that have just started; only p50, p99 and max leave out the first two seconds.",
            "",
            "Columns: late, attempts without an answer within 5 s; failed, those with an error; lost, pushes that were"
                    + " acknowledged although no run of their handler was completed; duplicate, completed runs beyond one"
                    + " whose handler was not told; marked, those whose handler was told (redelivered); divergent, pushes of"
                    + " which two attempts were answered differently; log/s, the most log lines of all instances within a"
                    + " second; heal, from the end of the fault until every second is a good one.",
            "A duplicate breaks the promise of every row, a marked one of none. While Redis is away, divergent answers of marked"
                    + " second runs are named, not failed; where the balancer does not keep a user's pushes at one instance, all"
                    + " divergent answers are.",
            "",
            "The table goes to stdout and, in Markdown, to target/faults.md; FILE has all figures; talk goes to stderr. Logs"
                    + " and ledgers stay in target/faults. Ends with 0 when all promises were kept, otherwise with 1."
        },
        footer = {
            "",
            "Examples:",
            "  scripts/faults                              every row, about 20 minutes on 2 cores",
            "  scripts/faults --short                      every row, briefly: a first idea",
            "  scripts/faults --busy                       every row with both cores loaded, about half an hour",
            "  scripts/faults redis-killed instance-killed",
            "  scripts/faults --soak 20                    does anything grow?",
        })
public final class Faults implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Only these rows; --list names all.")
    private List<String> names = List.of();

    @Option(names = "--short", description = "Shorter times and fewer pushes.")
    private boolean brief;

    @Option(
            names = "--busy",
            description =
                    "Load every core with other work meanwhile. Late attempts and times are then named, not failed.")
    private boolean busy;

    @Option(
            names = "--soak",
            paramLabel = "MINUTES",
            description =
                    "Instead of the rows: load for so long with a fault of Redis every two minutes, and a table of what"
                            + " the instances take of the machine meanwhile.")
    private int soak;

    @Option(names = "--list", description = "Name the rows and what each promises.")
    private boolean list;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "The table and more, for programs (default: target/faults.json).")
    private @Nullable Path json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    private Faults(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Ends the process with 0, 1, 64 or 69. */
    public static void main(String[] args) {
        silenceTheClient();
        Terminal terminal = Terminal.system();
        System.exit(new CommandRunner(terminal, List.of()).run(new CommandLine(new Faults(terminal)), args));
    }

    /** What went wrong at the pusher is in its ledger. */
    private static void silenceTheClient() {
        if (LoggerFactory.getLogger("io.vertx") instanceof Logger vertx) {
            vertx.setLevel(Level.OFF);
        }
    }

    @Override
    public Integer call() throws IOException {
        List<Scenario> chosen = chosen();
        Report report = new Report(terminal);
        if (list) {
            report.list(chosen);
            return ExitCode.DONE;
        }
        if (!Balancer.isInstalled()) {
            throw new CommandException(
                    ExitCode.UNAVAILABLE, "HAProxy is missing: install it (Debian, Ubuntu: apt install haproxy)");
        }
        Stage stage = new Stage(Weir.home().resolve("target/faults"), brief, busy);
        for (Scenario each : chosen) {
            terminal.talk(each.name() + ": " + each.fault());
            report.add(each, verdict(each, stage));
        }
        report.table();
        Path file = json == null ? Weir.home().resolve("target/faults.json") : json;
        report.write(file, stage);
        report.markdown(stage.folder().resolveSibling("faults.md"));
        terminal.talk("all figures: " + file);
        return report.isKept() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** One row that cannot be run does not keep the others from it. */
    private static Verdict verdict(Scenario scenario, Stage stage) {
        BusyCores other = BusyCores.start(stage.busy() ? BusyCores.all() : 0);
        try {
            return scenario.run(stage);
        } catch (RuntimeException e) {
            return Verdict.without(e);
        } finally {
            other.close();
        }
    }

    private List<Scenario> chosen() {
        if (soak > 0) {
            return List.of(new Soak(Duration.ofMinutes(soak), terminal));
        }
        List<Scenario> all = Scenarios.all();
        List<String> known = all.stream().map(Scenario::name).toList();
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(unknown -> {
            throw new CommandException(
                    ExitCode.USAGE, "there is no row " + unknown + "; there are " + String.join(", ", known));
        });
        return all.stream()
                .filter(each -> names.isEmpty() || names.contains(each.name()))
                .toList();
    }
}
