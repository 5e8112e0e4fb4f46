package io.weir.dispatch.durable;

import io.weir.config.Section;
import java.time.Duration;
import java.util.Optional;

/**
 * How much is kept beyond an instance, and for how long: section {@code journal} of the configuration.
 *
 * @param keep how long a push may be looked up and replayed, and waits for a backend that is to get a copy
 * @param maxMemory how many bytes the journal of one account may take in Redis
 * @param keepDead how long dead letters stay
 * @param maxSpool how many bytes may lie in the spool, where Redis cannot take what must be kept
 */
public record JournalConfig(Duration keep, long maxMemory, Duration keepDead, long maxSpool) {
    private static final long MIB = 1L << 20;

    /** What holds where nothing is said. */
    public static final JournalConfig DEFAULT =
            new JournalConfig(Duration.ofHours(24), 256 * MIB, Duration.ofDays(7), 64 * MIB);

    /** Reads the section. */
    public static Optional<JournalConfig> read(Section root) {
        Section section = root.section("journal");
        Duration keep = section.duration("keep", DEFAULT.keep, Duration.ofMinutes(5), Duration.ofDays(7));
        long maxMemory = section.bytes("maxMemory", DEFAULT.maxMemory, MIB, 64 * 1_024 * MIB);
        Duration keepDead = section.duration("keepDead", DEFAULT.keepDead, Duration.ofHours(1), Duration.ofDays(90));
        long maxSpool = section.bytes("maxSpool", DEFAULT.maxSpool, MIB, 16 * 1_024 * MIB);
        section.refuseUnknownKeys();
        return section.build(() -> new JournalConfig(keep, maxMemory, keepDead, maxSpool));
    }
}
