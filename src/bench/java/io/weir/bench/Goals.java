package io.weir.bench;

import io.weir.bench.Figures.Start;
import io.weir.bench.Figures.Window;
import io.weir.bench.Sweep.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures that Weir is to reach, as far as a run has measured them. */
final class Goals {
    private static final double MOST_OVER_A_SWEEP = 1.1;

    private final List<Outcome> outcomes;
    private final Map<String, List<Start>> starts;
    private final List<Goal> goals = new ArrayList<>();

    private Goals(List<Outcome> outcomes, Map<String, List<Start>> starts) {
        this.outcomes = outcomes;
        this.starts = starts;
    }

    /** Of the servers. */
    static List<Goal> of(List<Outcome> outcomes, Map<String, List<Start>> starts) {
        Goals goals = new Goals(outcomes, starts);
        goals.costs();
        goals.ofEachWeir();
        goals.firstAnswers();
        return goals.goals;
    }

    /** The most costly size of each dimension; none for a dimension of which the largest was not measured. */
    static List<Goal> ofSweep(List<Row> rows) {
        Map<String, List<Row>> dimensions = new LinkedHashMap<>();
        rows.forEach(row -> dimensions
                .computeIfAbsent(row.dimension(), first -> new ArrayList<>())
                .add(row));
        return dimensions.values().stream()
                .filter(sizes -> sizes.stream().allMatch(row -> row.ratio().isPresent()))
                .map(Goals::ofDimension)
                .toList();
    }

    private static Goal ofDimension(List<Row> sizes) {
        Spread most = sizes.stream()
                .flatMap(row -> row.ratio().stream())
                .max(Comparator.comparingDouble(Spread::median))
                .orElseThrow();
        String dimension = sizes.get(0).dimension();
        return Goal.atMost(
                "sweep." + dimension, "CPU a push over " + dimension + ", most / smallest", most, MOST_OVER_A_SWEEP);
    }

    private void costs() {
        cpuRatio(Contestants.WEIR, Contestants.BARE)
                .ifPresent(r ->
                        goals.add(Goal.atMost("weir/bare", "CPU a push, Weir plaintext / bare Vert.x", r, 1.6, 1.5)));
        cpuRatio(Contestants.WEIR_SAFE, Contestants.BARE)
                .ifPresent(r -> goals.add(
                        Goal.atMost("weir-safe/bare", "CPU a push, Weir safe mode / bare Vert.x", r, 2.0, 1.9)));
        cpuRatio(Contestants.WEIR_REDIS, Contestants.BARE)
                .ifPresent(r -> goals.add(
                        Goal.atMost("weir-redis/bare", "CPU a push, Weir with Redis / bare Vert.x", r, 2.2, 2.0)));
        outcome(Contestants.WEIR_REDIS)
                .ifPresent(outcome -> goals.add(
                        Goal.atMost("redis", "CPU of Redis itself a push, µs", outcome.cpu(CpuMicros::redis), 18, 12)));
        outcome(Contestants.WEIR)
                .flatMap(Outcome::allocatedBytes)
                .ifPresent(bytes ->
                        goals.add(Goal.atMost("allocated", "allocated a push, Weir plaintext, bytes", bytes, 5_000)));
        cpuRatio(Contestants.WEIR_BACKEND, Contestants.BARE_PROXY)
                .ifPresent(r -> goals.add(Goal.atMost(
                        "weir-backend/bare-proxy", "CPU a push, Weir with a backend / bare proxy", r, 1.6)));
        cpuRatio(Contestants.WXJAVA, Contestants.WEIR)
                .ifPresent(r -> goals.add(Goal.atLeast("wxjava/weir", "CPU a push, WxJava / Weir, plaintext", r, 12)));
        cpuRatio(Contestants.WXJAVA_SAFE, Contestants.WEIR_SAFE)
                .ifPresent(r -> goals.add(
                        Goal.atLeast("wxjava-safe/weir-safe", "CPU a push, WxJava / Weir, safe mode", r, 12)));
    }

    private void ofEachWeir() {
        for (String name :
                List.of(Contestants.WEIR, Contestants.WEIR_SAFE, Contestants.WEIR_REDIS, Contestants.WEIR_BACKEND)) {
            outcome(name).ifPresent(outcome -> {
                goals.add(Goal.atMost(
                        "p99." + name,
                        "p99 at the steady rate, " + outcome.title() + ", ms",
                        outcome.steadyRate(Window::p99Millis),
                        25));
                goals.add(Goal.atMost(
                        "rss." + name,
                        "RSS after full load, " + outcome.title() + ", MB",
                        outcome.residentMegabytes(),
                        200));
            });
        }
    }

    private void firstAnswers() {
        String archived = Contestants.WEIR + Contest.ARCHIVE;
        startRatio(Contestants.WEIR, Contestants.BARE)
                .ifPresent(r -> goals.add(Goal.atMost("start.weir/bare", "first answer, Weir / bare Vert.x", r, 1.4)));
        startRatio(archived, Contestants.BARE + Contest.ARCHIVE)
                .ifPresent(r -> goals.add(Goal.atMost(
                        "start.weir-archive/bare-archive", "first answer, both with class-data archives", r, 1.5)));
        start(Contestants.WEIR).ifPresent(s -> goals.add(Goal.atMost("start.weir", "first answer, s", s, 1)));
        start(archived)
                .ifPresent(s -> goals.add(
                        Goal.atMost("start.weir-archive", "first answer with class-data archive, s", s, 0.5)));
    }

    private Optional<Spread> cpuRatio(String above, String below) {
        return outcome(above)
                .flatMap(top -> outcome(below)
                        .map(bottom -> Spread.ratio(
                                top.rounds(),
                                bottom.rounds(),
                                round -> round.fullLoad().cpuMicros().loopsAndGc(),
                                round -> round.fullLoad().otherWork())));
    }

    private Optional<Spread> startRatio(String above, String below) {
        return Optional.ofNullable(starts.get(above))
                .flatMap(top -> Optional.ofNullable(starts.get(below))
                        .map(bottom -> Spread.ratio(top, bottom, Start::seconds, Start::otherWork)));
    }

    private Optional<Spread> start(String name) {
        return Optional.ofNullable(starts.get(name)).map(all -> Spread.of(all, Start::seconds, Start::otherWork));
    }

    private Optional<Outcome> outcome(String name) {
        return outcomes.stream().filter(outcome -> outcome.name().equals(name)).findFirst();
    }
}
