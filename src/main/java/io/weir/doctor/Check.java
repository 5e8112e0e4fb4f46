package io.weir.doctor;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

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
