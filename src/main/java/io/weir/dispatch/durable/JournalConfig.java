package io.weir.dispatch.durable;

import io.weir.config.Section;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much is kept beyond an instance, and for how long: section {@code journal} of the configuration.
 *
 * @param keep how long a push may be looked up and replayed, and waits for a backend that is to get a copy
 * @param maxMemory how many bytes the journal of one account may take in Redis
 * @param keepDead how long dead letters stay
 * @param maxSpool how many bytes may lie in the spool, where Redis cannot take what must be kept
 * @param recent how many of the last requests each event loop keeps in memory for the console
 * @param recentMemory how many bytes those of an instance may take; empty for what the heap allows
 */
public record JournalConfig(
        Duration keep, long maxMemory, Duration keepDead, long maxSpool, int recent, OptionalLong recentMemory) {
    private static final long MIB = 1L << 20;

    /** What holds where nothing is said. */
    public static final JournalConfig DEFAULT = new JournalConfig(
            Duration.ofHours(24), 256 * MIB, Duration.ofDays(7), 64 * MIB, 1_000, OptionalLong.empty());

    /** Reads the section. */
    public static Optional<JournalConfig> read(Section root) {
        Section section = root.section("journal");
        Duration keep = section.duration("keep", DEFAULT.keep, Duration.ofMinutes(5), Duration.ofDays(7));
        long maxMemory = section.bytes("maxMemory", DEFAULT.maxMemory, MIB, 64 * 1_024 * MIB);
        Duration keepDead = section.duration("keepDead", DEFAULT.keepDead, Duration.ofHours(1), Duration.ofDays(90));
        long maxSpool = section.bytes("maxSpool", DEFAULT.maxSpool, MIB, 16 * 1_024 * MIB);
        int recent = section.integer("recent", DEFAULT.recent, 100, 100_000);
        long bytes = section.bytes("recentMemory", 0, MIB, 4 * 1_024 * MIB);
        OptionalLong recentMemory = section.has("recentMemory") ? OptionalLong.of(bytes) : OptionalLong.empty();
        section.refuseUnknownKeys();
        return section.build(() -> new JournalConfig(keep, maxMemory, keepDead, maxSpool, recent, recentMemory));
    }
}
