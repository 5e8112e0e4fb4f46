package io.weir.faults;

import io.weir.faults.push.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a row's ledgers say, compared with what was promised; says each thing that was not kept. */
final class Verdict {
    private final Figures figures;
    private final Optional<Duration> heal;
    private final List<String> broken = new ArrayList<>();
    private final List<String> slow = new ArrayList<>();
    private final Map<String, Object> measured = new LinkedHashMap<>();
    private final LogRate log;

    /** @param heal from the fault's end until all was well; empty where that did not come, or there was nothing to heal */
    Verdict(Figures figures, Optional<Duration> heal, LogRate log) {
        this.figures = figures;
        this.heal = heal;
        this.log = log;
    }

    /** Of a row that could not be run to its end. */
    static Verdict without(RuntimeException failure) {
        Figures none = new Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        return new Verdict(none, Optional.empty(), new LogRate(List.of())).that("run to its end: " + failure, false);
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
        return equal("late", figures.late(), 0)
                .equal("failed", figures.failed(), 0)
                .equal("unanswered", figures.unanswered(), 0);
    }

    /** No push was run twice or answered in two ways. */
    Verdict once() {
        return equal("duplicate", figures.duplicate(), 0).equal("divergent", figures.divergent(), 0);
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

    Verdict healedWithin(Duration limit) {
        if (heal.isEmpty() || heal.get().compareTo(limit) > 0) {
            String found = heal.map(time -> seconds(time) + " s").orElse("not healed at all");
            slow.add("heal: " + found + ", promised at most " + seconds(limit) + " s");
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
            slow.add(String.format(Locale.ROOT, "%s: %.1f, promised below %.0f", what, found, promised));
        }
        return this;
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
