package io.weir.bench;

import io.weir.bench.Figures.Start;
import io.weir.bench.Figures.Window;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * All that was measured of a server.
 *
 * @param contestant which
 * @param starts its starts, for the time of the first answer
 * @param settled whether it was warm before the first round; if not, its CPU figures are too high
 * @param rounds in their order
 * @param allocatedBytes by its loops per push, under full load; empty where its JVM does not tell
 * @param wrongAnswers number of pushes that had no right answer
 * @param wrongAnswer what was wrong with the first of them
 */
record Outcome(
        Contestant contestant,
        List<Start> starts,
        boolean settled,
        List<Figures> rounds,
        Optional<Spread> allocatedBytes,
        int wrongAnswers,
        Optional<String> wrongAnswer) {
    String name() {
        return contestant.name();
    }

    String title() {
        return contestant.title();
    }

    Spread fullLoad(ToDoubleFunction<Window> figure) {
        return Spread.of(
                rounds,
                round -> figure.applyAsDouble(round.fullLoad()),
                round -> round.fullLoad().otherWork());
    }

    Spread cpu(ToDoubleFunction<CpuMicros> micros) {
        return fullLoad(window -> micros.applyAsDouble(window.cpuMicros()));
    }

    Spread steadyRate(ToDoubleFunction<Window> figure) {
        return Spread.of(
                rounds,
                round -> figure.applyAsDouble(round.steadyRate()),
                round -> round.steadyRate().otherWork());
    }

    Spread residentMegabytes() {
        return Spread.of(
                rounds, Figures::residentMegabytes, round -> round.fullLoad().otherWork());
    }

    /** Seconds from the start of the process. */
    Spread firstAnswer() {
        return Spread.of(starts, Start::seconds, Start::otherWork);
    }
}
