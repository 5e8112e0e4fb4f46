package io.weir.doctor;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
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
}
