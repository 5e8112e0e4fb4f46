package io.weir.faults;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a row is run and how long.
 *
 * @param folder configurations, logs and ledgers of each row are left there, in a folder of its name
 * @param brief whether a first idea will do
 * @param busy whether other programs have both cores: what is late or slow then is named, and nothing else is excused
 */
record Stage(Path folder, boolean brief, boolean busy) {

    /** A time of the full form; brief, a third of it, and a second at least. */
    Duration seconds(int full) {
        return brief ? Duration.ofMillis(Math.max(1_000, full * 1_000L / 3)) : Duration.ofSeconds(full);
    }

    /** A number of pushes or rounds; brief, a tenth of it. */
    int count(int full) {
        return brief ? Math.max(1, full / 10) : full;
    }
}
