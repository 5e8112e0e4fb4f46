package io.weir.bench;

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
import java.util.function.IntFunction;

/** The course of a run: starts, warm-up, then rounds in which each server has its turn. */
final class Contest implements AutoCloseable {
    /** Name of Weir's starts with a class-data archive. */
    static final String WEIR_ARCHIVED = "weir, class-data archive";

    private final List<Contestant> contestants;
    private final Plan plan;
    private final Folders folders;
    private final Terminal terminal;
    private final Map<String, List<Double>> starts = new LinkedHashMap<>();
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

    /** First answers by contestant, and {@link #WEIR_ARCHIVED}. */
    Map<String, List<Double>> starts() {
        return starts;
    }

    /** One process at a time, each killed after its first answer. */
    private void raceToTheFirstAnswer() throws IOException, InterruptedException {
        List<Contestant> racers = new ArrayList<>(contestants);
        if (contestants.stream().anyMatch(c -> c.name().equals(Contestants.WEIR))) {
            racers.add(archived(archive()));
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

    private Contestant archived(Path archive) {
        Contestants all = new Contestants(folders, Optional.empty(), Optional.empty());
        return weir(WEIR_ARCHIVED, port -> all.weir(port, "plaintext", "-XX:SharedArchiveFile=" + archive));
    }

    /** The archive of the build, or one that is made here in the same way. */
    private Path archive() throws IOException, InterruptedException {
        if (Files.exists(folders.builtArchive())) {
            return folders.builtArchive();
        }
        Path archive = folders.scratch().resolve("weir.jsa");
        Contestants all = new Contestants(folders, Optional.empty(), Optional.empty());
        terminal.talk("making a class-data archive");
        Contestant maker = weir("archive", port -> all.weir(port, "plaintext", "-XX:ArchiveClassesAtExit=" + archive));
        try (Trial trial = Trial.start(maker, plan, folders)) {
            trial.firstAnswer();
            trial.terminate();
        }
        return archive;
    }

    private static Contestant weir(String name, IntFunction<List<String>> command) {
        return new Contestant(name, name, false, command, AnswerCheck::reply);
    }

    private List<Outcome> rounds() throws IOException, InterruptedException {
        Map<String, List<Figures>> figures = new LinkedHashMap<>();
        for (int round = 1; round <= plan.rounds(); round++) {
            StringBuilder line = new StringBuilder("round " + round + " of " + plan.rounds() + ", CPU µs a push:");
            for (Trial trial : trials) {
                Figures measured = trial.round();
                String name = trial.contestant().name();
                figures.computeIfAbsent(name, key -> new ArrayList<>()).add(measured);
                line.append(String.format(Locale.ROOT, "  %s %.1f", name, measured.cpuMicros()));
            }
            terminal.talk(line.toString());
        }
        return trials.stream()
                .map(trial ->
                        outcome(trial, figures.getOrDefault(trial.contestant().name(), List.of())))
                .toList();
    }

    private Outcome outcome(Trial trial, List<Figures> figures) {
        Contestant contestant = trial.contestant();
        return new Outcome(
                contestant.name(),
                contestant.title(),
                contestant.command().apply(0),
                starts.getOrDefault(contestant.name(), List.of()),
                trial.settled(),
                figures,
                trial.faults(),
                trial.fault());
    }

    @Override
    public void close() {
        for (Trial trial : trials) {
            trial.close();
        }
    }
}
