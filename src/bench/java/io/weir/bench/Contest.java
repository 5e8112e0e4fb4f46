package io.weir.bench;

import io.weir.bench.Figures.Start;
import io.weir.bench.Figures.Window;
import io.weir.cli.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** The course of a run: starts, warm-up, then rounds in which each server has its turn. */
final class Contest implements AutoCloseable {
    /** After the name of a server's starts with a class-data archive. */
    static final String ARCHIVE = "-archive";

    private final List<Contestant> contestants;
    private final Plan plan;
    private final Folders folders;
    private final Terminal terminal;
    private final Map<String, List<Start>> starts = new LinkedHashMap<>();
    private final Map<String, List<Figures>> figures = new LinkedHashMap<>();
    private final List<Trial> trials = new ArrayList<>();

    Contest(List<Contestant> contestants, Plan plan, Folders folders, Terminal terminal) {
        this.contestants = contestants;
        this.plan = plan;
        this.folders = folders;
        this.terminal = terminal;
    }

    /** Runs all of it. */
    List<Outcome> run() throws IOException, InterruptedException {
        raceToTheFirstAnswer();
        for (Contestant contestant : contestants) {
            Trial trial = Trial.start(contestant, plan, folders);
            trials.add(trial);
            trial.firstAnswer();
            terminal.talk("warming up: " + contestant.title());
            trial.warmUp();
        }
        return rounds();
    }

    /** First answers by the contestant's name, with {@link #ARCHIVE} behind it where there was one. */
    Map<String, List<Start>> starts() {
        return starts;
    }

    /** The most cores that other work used in a window or start. */
    double mostOtherWork() {
        return Stream.concat(
                        figures.values().stream()
                                .flatMap(List::stream)
                                .flatMap(round -> Stream.of(round.fullLoad(), round.steadyRate()))
                                .map(Window::otherWork),
                        starts.values().stream().flatMap(List::stream).map(Start::otherWork))
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }

    /** One process at a time, each killed after its first answer. */
    private void raceToTheFirstAnswer() throws IOException, InterruptedException {
        List<Contestant> racers = new ArrayList<>(contestants);
        Contestants all = new Contestants(folders, Optional.empty(), Optional.empty());
        if (takesPart(Contestants.WEIR)) {
            racers.add(archived(Contestants.WEIR, all::weirPlain));
        }
        if (takesPart(Contestants.BARE)) {
            racers.add(archived(Contestants.BARE, all::bare));
        }
        for (int i = 1; i <= plan.starts(); i++) {
            terminal.talk("start " + i + " of " + plan.starts());
            for (Contestant racer : racers) {
                try (Trial trial = Trial.start(racer, plan, folders)) {
                    starts.computeIfAbsent(racer.name(), name -> new ArrayList<>())
                            .add(trial.firstAnswer());
                }
            }
        }
    }

    private boolean takesPart(String name) {
        return contestants.stream().anyMatch(contestant -> contestant.name().equals(name));
    }

    /** With the archive of the build, where it has made one, or with one that is made here. */
    private Contestant archived(String name, BiFunction<String, String, Contestant> withFlag)
            throws IOException, InterruptedException {
        boolean built = name.equals(Contestants.WEIR) && Files.exists(folders.builtArchive());
        Path archive = built ? folders.builtArchive() : folders.archive(name);
        if (!built) {
            terminal.talk("making a class-data archive: " + name);
            Contestant maker = withFlag.apply(name + ARCHIVE, "-XX:ArchiveClassesAtExit=" + archive);
            try (Trial trial = Trial.start(maker, plan, folders)) {
                trial.firstAnswer();
                trial.terminate();
            }
        }
        return withFlag.apply(name + ARCHIVE, "-XX:SharedArchiveFile=" + archive);
    }

    private List<Outcome> rounds() throws IOException, InterruptedException {
        for (int round = 1; round <= plan.rounds(); round++) {
            StringBuilder line =
                    new StringBuilder("round " + round + " of " + plan.rounds() + ", µs of loops and GC a push:");
            for (Trial trial : trials) {
                Figures measured = trial.round();
                String name = trial.contestant().name();
                figures.computeIfAbsent(name, key -> new ArrayList<>()).add(measured);
                line.append(String.format(
                        Locale.ROOT,
                        "  %s %.1f",
                        name,
                        measured.fullLoad().cpuMicros().loopsAndGc()));
            }
            terminal.talk(line.toString());
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Trial trial : trials) {
            String name = trial.contestant().name();
            outcomes.add(new Outcome(
                    trial.contestant(),
                    starts.getOrDefault(name, List.of()),
                    trial.settled(),
                    figures.getOrDefault(name, List.of()),
                    allocatedBytes(trial),
                    trial.faults(),
                    trial.fault()));
        }
        return outcomes;
    }

    private Optional<Spread> allocatedBytes(Trial trial) throws InterruptedException {
        try {
            return Optional.of(trial.allocatedBytes());
        } catch (IOException refused) {
            terminal.talk(trial.contestant().title() + ": its JVM does not say what it allocates: " + refused);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        for (Trial trial : trials) {
            trial.close();
        }
    }
}
