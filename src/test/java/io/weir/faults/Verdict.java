package io.weir.faults;

import io.weir.faults.push.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a row's ledgers say, compared with what was promised; says each thing that was not kept. A second run whose handler was
 * not told that it may be one breaks the promise of every row.
 */
final class Verdict {
    private static final Duration STALL = Duration.ofMillis(500);

    private static final Figures NOTHING = new Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private final Figures figures;
    private final Optional<Duration> heal;
    private final List<String> broken = new ArrayList<>();
    private final List<String> slow = new ArrayList<>();
    private final List<String> named = new ArrayList<>();
    private final Map<String, Object> measured = new LinkedHashMap<>();
    private final LogRate log;
    private final boolean busy;

    /**
     * @param heal from the fault's end until all was well; empty where that did not come, or there was nothing to heal
     * @param busy whether what is late or slow is only named, since other programs had the cores
     */
    Verdict(Figures figures, Optional<Duration> heal, LogRate log, boolean busy) {
        this.figures = figures;
        this.heal = heal;
        this.log = log;
        this.busy = busy;
        equal("duplicate", figures.duplicate(), 0);
    }

    /** Of a row that could not be run to its end. */
    static Verdict without(RuntimeException failure) {
        return new Verdict(NOTHING, Optional.empty(), new LogRate(List.of()), false)
                .that("run to its end: " + failure, false);
    }

    /** Of a row that needs something that is not here. */
    static Verdict skipped(String why) {
        Verdict none = new Verdict(NOTHING, Optional.empty(), new LogRate(List.of()), false);
        none.named.add("skipped: " + why);
        return none;
    }

    Figures figures() {
        return figures;
    }

    Optional<Duration> heal() {
        return heal;
    }

    /** What was not kept, a sentence each, times left out. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    /** Times that were longer than promised, a sentence each; on a machine that has other work too, they say little. */
    List<String> slow() {
        return List.copyOf(slow);
    }

    /** What was not kept and is excused, and what else one must know, a sentence each. */
    List<String> named() {
        return List.copyOf(named);
    }

    /** The most log lines of all instances within a second. */
    long logLines() {
        return log.most();
    }

    boolean isKept() {
        return broken.isEmpty() && slow.isEmpty();
    }

    /** What was measured besides the figures, by name. */
    Map<String, Object> measured() {
        return measured;
    }

    /** No push was late, failed, lost, run twice or answered in two ways. */
    Verdict flawless() {
        return onTime().once().equal("lost", figures.lost(), 0);
    }

    /** No attempt was late or failed. */
    Verdict onTime() {
        return lateAtMost(0).equal("failed", figures.failed(), 0).equal("unanswered", figures.unanswered(), 0);
    }

    /** No push was answered in two ways, or run twice without a mark. */
    Verdict once() {
        return equal("divergent", figures.divergent(), 0);
    }

    /** As {@link #once} while Redis is away: a marked second run may have answered otherwise. */
    Verdict onceOrMarked() {
        return figures.divergent() > figures.marked() ? once() : onceEachAlone();
    }

    /** As {@link #once} where instances decide alone: while Redis is away, one may not know what another has answered. */
    Verdict onceEachAlone() {
        if (figures.divergent() > 0) {
            named.add("divergent: " + figures.divergent() + ", answered alone while Redis was away");
        }
        return this;
    }

    /** For how long the load generator itself was at a standstill. */
    Verdict stalled(Duration longest) {
        measured.put("longest stall of the load generator in ms", longest.toMillis());
        if (longest.compareTo(STALL) > 0) {
            named.add("the load generator itself stalled for " + seconds(longest)
                    + " s: late, p50, p99, max and heal may be its own");
        }
        return this;
    }

    Verdict lateAtMost(long most) {
        if (figures.late() > most) {
            (busy ? named : broken)
                    .add("late: " + figures.late() + ", promised " + (most == 0 ? "0" : "at most " + most));
        }
        return this;
    }

    Verdict p99Below(double millis) {
        return below("p99 in ms", figures.p99(), millis);
    }

    /** No second of the clock has more log lines, of all instances. */
    Verdict logsAtMost(long linesPerSecond) {
        long most = log.most();
        measured.put("log lines a second", most);
        return that("at most " + linesPerSecond + " log lines a second, found " + most, most <= linesPerSecond);
    }

    /** The log has at least one, and not more than so many, lines that have all these words. */
    Verdict logs(long most, String... words) {
        long lines = log.with(words);
        measured.put("log lines with " + String.join(" ", words), lines);
        return that(
                "1 to " + most + " log lines with " + String.join(" ", words) + ", found " + lines,
                lines >= 1 && lines <= most);
    }

    /** The log has no line with all these words. */
    Verdict logsNothingOf(String... words) {
        return equal("log lines with " + String.join(" ", words), log.with(words), 0);
    }

    Verdict healedWithin(Duration limit) {
        if (heal.isEmpty() || heal.get().compareTo(limit) > 0) {
            String found = heal.map(time -> seconds(time) + " s").orElse("not healed at all");
            tooSlow("heal: " + found + ", promised at most " + seconds(limit) + " s");
        }
        return this;
    }

    Verdict equal(String what, long found, long promised) {
        if (found != promised) {
            broken.add(what + ": " + found + ", promised " + promised);
        }
        return this;
    }

    Verdict below(String what, double found, double promised) {
        measured.put(what, found);
        if (found >= promised) {
            tooSlow(String.format(Locale.ROOT, "%s: %.1f, promised below %.0f", what, found, promised));
        }
        return this;
    }

    private void tooSlow(String fault) {
        (busy ? named : slow).add(fault);
    }

    /** Something that must be so. */
    Verdict that(String promised, boolean kept) {
        if (!kept) {
            broken.add("not kept: " + promised);
        }
        return this;
    }

    /** Something worth knowing that nothing was promised of. */
    Verdict note(String what, Object found) {
        measured.put(what, found);
        return this;
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1e3);
    }
}
