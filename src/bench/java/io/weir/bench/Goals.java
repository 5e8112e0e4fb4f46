package io.weir.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The figures that Weir is to reach, as far as a run has measured them. */
final class Goals {
    private final List<Outcome> outcomes;
    private final Map<String, List<Double>> starts;

    Goals(List<Outcome> outcomes, Map<String, List<Double>> starts) {
        this.outcomes = outcomes;
        this.starts = starts;
    }

    List<Goal> all() {
        List<Goal> goals = new ArrayList<>();
        ratio(Contestants.WEIR, Contestants.BARE)
                .ifPresent(r -> goals.add(Goal.atMost("CPU a push, Weir plaintext / bare Vert.x", r, 1.8, 1.5)));
        ratio(Contestants.WEIR_SAFE, Contestants.BARE)
                .ifPresent(r -> goals.add(Goal.atMost("CPU a push, Weir safe mode / bare Vert.x", r, 2.3, 1.9)));
        ratio(Contestants.WXJAVA, Contestants.WEIR)
                .ifPresent(r -> goals.add(Goal.atLeast("CPU a push, WxJava / Weir, plaintext", r, 13)));
        ratio(Contestants.WXJAVA_SAFE, Contestants.WEIR_SAFE)
                .ifPresent(r -> goals.add(Goal.atLeast("CPU a push, WxJava / Weir, safe mode", r, 13)));
        for (String name : List.of(Contestants.WEIR, Contestants.WEIR_SAFE, Contestants.WEIR_REDIS)) {
            outcome(name).ifPresent(outcome -> goals.addAll(ownGoals(outcome)));
        }
        start(Contestants.WEIR).ifPresent(s -> goals.add(Goal.atMost("first answer, s", s, 1)));
        start(Contest.WEIR_ARCHIVED)
                .ifPresent(s -> goals.add(Goal.atMost("first answer with class-data archive, s", s, 0.5)));
        return goals;
    }

    private static List<Goal> ownGoals(Outcome outcome) {
        return List.of(
                Goal.atMost(
                        "p99 at the steady rate, " + outcome.title() + ", ms",
                        Spread.of(outcome.rounds(), Figures::p99Millis),
                        25),
                Goal.atMost(
                        "RSS at the steady rate, " + outcome.title() + ", MB",
                        Spread.of(outcome.rounds(), Figures::residentMegabytes),
                        200));
    }

    /** CPU per push of one to that of the other, round by round: what disturbs a round disturbs both. */
    private Optional<Spread> ratio(String above, String below) {
        return outcome(above).flatMap(top -> outcome(below).map(bottom -> ratio(top.rounds(), bottom.rounds())));
    }

    private static Spread ratio(List<Figures> above, List<Figures> below) {
        return Spread.of(IntStream.range(0, above.size())
                .mapToDouble(
                        round -> above.get(round).cpuMicros() / below.get(round).cpuMicros())
                .toArray());
    }

    private Optional<Spread> start(String name) {
        return Optional.ofNullable(starts.get(name)).map(seconds -> Spread.of(seconds, Double::doubleValue));
    }

    private Optional<Outcome> outcome(String name) {
        return outcomes.stream().filter(outcome -> outcome.name().equals(name)).findFirst();
    }
}
