package io.weir.bench;

import io.weir.bench.Figures.Window;
import io.weir.cli.CommandException;
import io.weir.cli.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a push costs as accounts, rules, stored pushes and connections become more, one of them at a time. */
final class Sweep {
    private static final List<Integer> ACCOUNTS = List.of(1, 100, 10_000);
    private static final List<Integer> RULES = List.of(1, 1_000, 100_000);
    private static final List<Integer> STORED = List.of(0, 100_000, 1_000_000);
    private static final List<Integer> CONNECTIONS = List.of(1, 8, 64, 512);
    private static final int FEW_RULES = 3;

    /** Short, since what they handle is stored as well. */
    private static final Duration STORED_WINDOW = Duration.ofMillis(700);

    /** Longer than anything of a push is kept with the sweep's timestampWindow. */
    private static final Duration ALL_FORGOTTEN = Duration.ofSeconds(130);

    private final Plan plan;
    private final Folders folders;
    private final Terminal terminal;
    private final List<Row> rows = new ArrayList<>();
    private int wrongAnswers;

    Sweep(Plan plan, Folders folders, Terminal terminal) {
        this.plan = plan;
        this.folders = folders;
        this.terminal = terminal;
    }

    /** All dimensions; the server that stores pushes forgets those of its warm-up while other servers have their turns. */
    List<Row> run() throws IOException, InterruptedException {
        try (Trial trial = warm(1, FEW_RULES)) {
            connections(trial);
            long idleSince = System.nanoTime();
            servers("accounts", ACCOUNTS, true);
            servers("rules", RULES, false);
            long idle = System.nanoTime() - idleSince;
            Thread.sleep(Math.max(0, ALL_FORGOTTEN.toMillis() - idle / 1_000_000));
            stored(trial);
            count(trial);
        }
        return rows;
    }

    /** The most cores that other work used in a window. */
    double mostOtherWork() {
        return rows.stream()
                .flatMap(row -> row.ratio().stream())
                .mapToDouble(Spread::otherWork)
                .max()
                .orElse(0);
    }

    /** Number of pushes that had no right answer. */
    int wrongAnswers() {
        return wrongAnswers;
    }

    private Trial warm(int accounts, int rules) throws IOException, InterruptedException {
        Contestant contestant = new Contestants(folders, Optional.empty(), Optional.empty()).weirOf(accounts, rules);
        terminal.talk("warming up: " + contestant.title());
        Trial trial = Trial.start(contestant, plan, folders);
        try {
            trial.firstAnswer();
            trial.warmUp();
            return trial;
        } catch (CommandException | IOException | InterruptedException failure) {
            trial.close();
            throw failure;
        }
    }

    private void count(Trial trial) {
        wrongAnswers += trial.faults();
        trial.fault().ifPresent(fault -> terminal.talk(trial.contestant().title() + ": " + Terminal.harmless(fault)));
    }

    private void connections(Trial trial) throws IOException, InterruptedException {
        Map<Integer, List<Window>> windows = new LinkedHashMap<>();
        for (int round = 1; round <= plan.rounds(); round++) {
            for (int size : CONNECTIONS) {
                add(windows, size, trial.underFullLoad(plan.window(), size));
            }
        }
        compare("connections", windows);
    }

    /** One server for each size, turn and turn about. */
    private void servers(String dimension, List<Integer> sizes, boolean accounts)
            throws IOException, InterruptedException {
        Map<Integer, Trial> trials = new LinkedHashMap<>();
        List<Row> refused = new ArrayList<>();
        try {
            for (int size : sizes) {
                try {
                    trials.put(size, accounts ? warm(size, FEW_RULES) : warm(1, size));
                } catch (CommandException failure) {
                    refused.add(Row.failed(dimension, size, Terminal.harmless(String.valueOf(failure.getMessage()))));
                }
            }
            Map<Integer, List<Window>> windows = new LinkedHashMap<>();
            for (int round = 1; round <= plan.rounds(); round++) {
                for (Map.Entry<Integer, Trial> trial : trials.entrySet()) {
                    add(windows, trial.getKey(), trial.getValue().underFullLoad(plan.window(), plan.connections()));
                }
            }
            compare(dimension, windows);
            rows.addAll(refused);
        } finally {
            trials.values().forEach(this::count);
            trials.values().forEach(Trial::close);
        }
    }

    private void stored(Trial trial) throws IOException, InterruptedException {
        Map<Integer, List<Window>> windows = new LinkedHashMap<>();
        int handled = 0;
        for (int size : STORED) {
            trial.handle(size - handled);
            handled = Math.max(handled, size);
            for (int round = 1; round <= plan.rounds(); round++) {
                Window window = trial.underFullLoad(STORED_WINDOW, plan.connections());
                handled += window.pushes();
                add(windows, size, window);
            }
        }
        compare("stored", windows);
    }

    private static void add(Map<Integer, List<Window>> windows, int size, Window window) {
        windows.computeIfAbsent(size, first -> new ArrayList<>()).add(window);
    }

    /** Each size with the smallest that could be measured. */
    private void compare(String dimension, Map<Integer, List<Window>> windows) {
        Optional<List<Window>> smallest = windows.values().stream().findFirst();
        windows.forEach((size, measured) -> {
            Row row = Row.of(dimension, size, measured, smallest.orElse(measured));
            rows.add(row);
            terminal.talk(dimension + " " + size + ": "
                    + row.cpuMicros().orElseThrow().text(1) + " µs a push");
        });
    }

    /**
     * One size of one dimension.
     *
     * @param cpuMicros of loops and GC per push
     * @param gcMicros of GC alone
     * @param ratio cpuMicros to that of the smallest size, round by round
     * @param problem why it could not be measured
     */
    record Row(
            String dimension,
            int size,
            Optional<Spread> cpuMicros,
            Optional<Spread> gcMicros,
            Optional<Spread> ratio,
            Optional<String> problem) {
        static Row of(String dimension, int size, List<Window> windows, List<Window> smallest) {
            return new Row(
                    dimension,
                    size,
                    Optional.of(Spread.of(windows, Row::cost, Window::otherWork)),
                    Optional.of(Spread.of(windows, window -> window.cpuMicros().gc(), Window::otherWork)),
                    Optional.of(Spread.ratio(windows, smallest, Row::cost, Window::otherWork)),
                    Optional.empty());
        }

        static Row failed(String dimension, int size, String problem) {
            return new Row(dimension, size, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(problem));
        }

        private static double cost(Window window) {
            return window.cpuMicros().loopsAndGc();
        }
    }
}
