package io.weir.doctor;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks at everything at the same time, each within the same limit. */
public final class Doctor {
    private final Duration limit;

    public Doctor(Duration limit) {
        this.limit = limit;
    }

    /** Starts all checks. Their futures, in the same order, always succeed. */
    public List<Future<Examined>> examine(List<Check> checks) {
        return checks.stream().map(this::examine).toList();
    }

    /** A check with what it found, one line at least. */
    public record Examined(Check check, List<Finding> findings) {
        public Examined {
            findings = List.copyOf(findings);
        }
    }

    private Future<Examined> examine(Check check) {
        return Future.succeededFuture(check.probe())
                .compose(Check.Probe::look)
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .otherwise(failure -> List.of(failure instanceof TimeoutException ? late() : Diagnosis.of(failure)))
                .map(findings -> new Examined(check, findings));
    }

    private Finding late() {
        return Finding.fail(
                "no result within " + limit.toSeconds() + " s",
                "Something on the way takes what is sent and gives no answer: look at firewalls and proxies.");
    }

    /**
     * One thing to look at.
     *
     * @param name what it is called in the report
     * @param account whom it is about; empty: the whole machine
     */
    public record Check(String name, Optional<String> account, Probe probe) {
        /** One about the whole machine. */
        public static Check of(String name, Probe probe) {
            return new Check(name, Optional.empty(), probe);
        }

        /** How it is looked at. */
        @FunctionalInterface
        public interface Probe {
            /** Looks once. What it fails with is told as a {@link Finding}, too. */
            Future<List<Finding>> look();
        }
    }

    /**
     * What a check has found; no secret in it.
     *
     * @param found a sentence without a full stop
     * @param expected what it should be; empty where that goes without saying
     * @param fix what to do, a line for each language or step
     * @param facts for programs: numbers and names that the sentences are made of
     */
    public record Finding(
            Level level, String found, Optional<String> expected, List<String> fix, Map<String, Object> facts) {
        public Finding {
            fix = List.copyOf(fix);
            facts = Map.copyOf(facts);
        }

        /** How it is. */
        public enum Level {
            OK,
            /** Works, and may not go on to. */
            WARN,
            /** Does not work. */
            FAIL,
            /** Not looked at, for a reason that is told. */
            SKIP
        }

        public static Finding ok(String found) {
            return new Finding(Level.OK, found, Optional.empty(), List.of(), Map.of());
        }

        public static Finding skip(String reason) {
            return new Finding(Level.SKIP, reason, Optional.empty(), List.of(), Map.of());
        }

        public static Finding warn(String found, String... fix) {
            return new Finding(Level.WARN, found, Optional.empty(), List.of(fix), Map.of());
        }

        public static Finding fail(String found, String... fix) {
            return new Finding(Level.FAIL, found, Optional.empty(), List.of(fix), Map.of());
        }

        /** The same with what was expected. */
        public Finding expecting(String rule) {
            return new Finding(level, found, Optional.of(rule), fix, facts);
        }

        /** The same with a fact for programs. */
        public Finding with(String name, Object fact) {
            Map<String, Object> more = new LinkedHashMap<>(facts);
            more.put(name, fact);
            return new Finding(level, found, expected, fix, more);
        }
    }
}
