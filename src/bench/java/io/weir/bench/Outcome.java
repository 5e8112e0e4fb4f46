package io.weir.bench;

import java.util.List;
import java.util.Optional;

/**
 * All that was measured of a server.
 *
 * @param name of the contestant
 * @param title of the contestant
 * @param command how it was started
 * @param firstAnswerSeconds from the start of the process to its first right answer, for each start
 * @param settled whether it was warm before the first round; if not, its CPU figures are too high
 * @param rounds in their order
 * @param wrongAnswers number of pushes that had no right answer
 * @param wrongAnswer what was wrong with the first of them
 */
record Outcome(
        String name,
        String title,
        List<String> command,
        List<Double> firstAnswerSeconds,
        boolean settled,
        List<Figures> rounds,
        int wrongAnswers,
        Optional<String> wrongAnswer) {}
