package io.weir.bench;

import io.weir.bench.Sweep.Row;
import io.weir.cli.CommandException;
import io.weir.cli.CommandRunner;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/bench}. */
@Command(
        name = "scripts/bench",
        sortOptions = false,
        description = {
            "Measures Weir, in plaintext and safe mode, beside a bare Vert.x server that answers a constant and WxJava's"
                    + " router under Spring Boot: child processes on loopback, turn and turn about, every push fresh and"
                    + " signed, every answer checked.",
            "Results go to stdout and FILE, talk to stderr. Ends with 0 when all answers were right, met or missed"
                    + " targets, otherwise with 1."
        },
        footer = {
            "",
            "Examples:",
            "  scripts/bench                          everything, under four minutes",
            "  scripts/bench --quick                  a first idea, under one minute",
            "  scripts/bench --only weir,bare --rounds 9",
            "  scripts/bench --only weir-backend,bare-proxy   a backend that answers over HTTP",
            "  scripts/bench --redis redis://127.0.0.1:6379   once-only shared by a Redis as well",
            "  scripts/bench --other ../before/target/weir.jar   beside the build of another commit",
            "  scripts/bench --sweep                  sizes, under six minutes",
        })
public final class Bench implements Callable<Integer> {
    private static final int CONNECTIONS = 64;
    private static final int WARM_UP_PUSHES = 80_000;

    private final Terminal terminal;
    private final Folders folders;

    @Option(names = "--quick", description = "Short windows and few rounds; the figures are rough.")
    private boolean quick;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Length of each of the two measurements of a round: full load, steady rate (1 to 60).")
    private @Nullable Integer seconds;

    @Option(names = "--rounds", paramLabel = "N", description = "Turns of each server (1 to 50).")
    private @Nullable Integer rounds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Pushes a second where latency is measured (1 to 20000; default: ${DEFAULT-VALUE}).")
    private int rate = 1_000;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Only these: weir, weir-safe, bare, wxjava; also wxjava-safe, weir-backend and bare-proxy, left out by default,"
                            + " and weir-redis, measured when --redis is given.")
    private @Nullable List<String> only;

    @Option(
            names = "--redis",
            paramLabel = "URI",
            description = "A Redis that nobody else uses: Weir is measured with it as well.")
    private @Nullable String redis;

    @Option(
            names = "--other",
            paramLabel = "JAR",
            description =
                    "Another build's weir.jar, measured in the same rounds: other-weir, other-weir-safe and, with --redis,"
                            + " other-weir-redis. A Redis should be emptied of what another build wrote.")
    private @Nullable Path other;

    @Option(
            names = "--sweep",
            description =
                    "Instead: what a push costs Weir as accounts, rules, stored pushes and connections become more."
                            + " Takes the options --quick, --seconds, --rounds and --json only.")
    private boolean sweep;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description =
                    "All that was measured, for programs (default: target/bench.json or target/bench-sweep.json).")
    private @Nullable Path json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    private Bench(Terminal terminal, Folders folders) {
        this.terminal = terminal;
        this.folders = folders;
    }

    /** Ends the process with 0, 1 or 64. */
    public static void main(String[] args) {
        Terminal terminal = Terminal.system();
        Folders folders =
                new Folders(Path.of(System.getProperty("weir.home", "")).toAbsolutePath());
        System.exit(new CommandRunner(terminal, List.of()).run(new CommandLine(new Bench(terminal, folders)), args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Plan plan = plan();
        Machine machine = Machine.here();
        terminal.result(machine.text());
        if (machine.isBusy()) {
            terminal.talk(
                    "Other programs are at work here (load " + machine.loadAverage() + "): the figures will be rough.");
        }
        return sweep ? sweep(plan, machine) : contest(plan, machine);
    }

    private int contest(Plan plan, Machine machine) throws IOException, InterruptedException {
        Report report = new Report(terminal);
        try (Contest contest = new Contest(contestants(), plan, folders, terminal)) {
            List<Outcome> outcomes = contest.run();
            terminal.result("");
            report.figures(outcomes, plan.rate());
            terminal.result("");
            report.goals(Goals.of(outcomes, contest.starts()));
            report.otherWork(contest.mostOtherWork());
            report.reservations(outcomes);
            Path file = file("bench.json");
            new JsonFile().write(file, machine, plan, outcomes, contest.starts());
            terminal.talk("all rounds: " + file);
            return report.allRight(outcomes) ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private int sweep(Plan plan, Machine machine) throws IOException, InterruptedException {
        Report report = new Report(terminal);
        Sweep run = new Sweep(plan, folders, terminal);
        List<Row> rows = run.run();
        terminal.result("");
        report.sweep(rows);
        terminal.result("");
        report.goals(Goals.ofSweep(rows));
        report.otherWork(run.mostOtherWork());
        Path file = file("bench-sweep.json");
        new JsonFile().write(file, machine, plan, rows);
        terminal.talk("all sizes: " + file);
        return run.wrongAnswers() == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private Path file(String name) {
        return json == null ? folders.home().resolve("target").resolve(name) : json;
    }

    private Plan plan() {
        int windowSeconds = within("--seconds", seconds == null ? quick ? 1 : sweep ? 2 : 3 : seconds, 60);
        int turns = within("--rounds", rounds == null ? quick ? 2 : sweep ? 3 : 5 : rounds, 50);
        Duration window = Duration.ofSeconds(windowSeconds);
        Duration longest = Duration.ofSeconds(quick ? 10 : 40);
        return new Plan(
                turns, window, WARM_UP_PUSHES, longest, within("--rate", rate, 20_000), quick ? 1 : 5, CONNECTIONS);
    }

    private static int within(String option, int value, int max) {
        if (value < 1 || value > max) {
            throw new CommandException(ExitCode.USAGE, option + " takes 1 to " + max + ", not " + value);
        }
        return value;
    }

    private List<String> chosen() {
        List<String> usual = new ArrayList<>(Contestants.USUAL);
        if (redis != null) {
            usual.add(Contestants.WEIR_REDIS);
        }
        if (other != null) {
            usual.addAll(usual.stream()
                    .filter(name -> name.startsWith(Contestants.WEIR))
                    .map(name -> Contestants.OTHER + name)
                    .toList());
        }
        return only == null ? usual : only;
    }

    private List<Contestant> contestants() {
        List<Contestant> all = new Contestants(folders, Optional.ofNullable(redis), Optional.ofNullable(other)).all();
        List<String> chosen = chosen();
        List<String> names = all.stream().map(Contestant::name).toList();
        chosen.stream().filter(name -> !names.contains(name)).findFirst().ifPresent(unknown -> {
            throw new CommandException(
                    ExitCode.USAGE, "--only: there is no " + unknown + "; there are " + String.join(", ", names));
        });
        return all.stream()
                .filter(contestant -> chosen.contains(contestant.name()))
                .toList();
    }
}
