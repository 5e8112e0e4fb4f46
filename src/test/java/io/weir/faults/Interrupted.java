package io.weir.faults;

import io.weir.faults.push.RowRun;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of the runs that an instance had begun and did not finish.
 *
 * @param runs how many there were
 * @param again how many of their pushes were run again
 * @param unmarked how many of those runs were not told that they are one
 */
record Interrupted(int runs, long again, long unmarked) {

    /** Reads it off the handlers' ledgers. */
    static Interrupted of(List<RowRun> ledger, String instance) {
        Set<String> finished =
                ledger.stream().filter(RowRun::finished).map(RowRun::run).collect(Collectors.toSet());
        Set<String> interrupted = ledger.stream()
                .filter(run -> run.instance().equals(instance) && !finished.contains(run.run()))
                .map(RowRun::push)
                .collect(Collectors.toSet());
        List<RowRun> repeats = ledger.stream()
                .filter(run -> !run.finished() && finished.contains(run.run()) && interrupted.contains(run.push()))
                .toList();
        long again = repeats.stream().map(RowRun::push).distinct().count();
        return new Interrupted(
                interrupted.size(),
                again,
                repeats.stream().filter(run -> !run.redelivered()).count());
    }

    /** Each interrupted run was repeated, and knew that. */
    Verdict judge(Verdict verdict) {
        return verdict.note("interrupted runs", runs)
                .that("something was interrupted", runs > 0)
                .equal("interrupted runs that were not repeated", runs - again, 0)
                .equal("repeated runs not marked redelivered", unmarked, 0);
    }
}
