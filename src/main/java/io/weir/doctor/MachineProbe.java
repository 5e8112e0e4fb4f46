package io.weir.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import io.vertx.core.Future;
import io.weir.client.admin.AdminGateway;
import io.weir.doctor.Doctor.Check;
import io.weir.doctor.Doctor.Finding;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether the machine has space for backups of menus, and the gateway enough files to open for its connections.
 *
 * @param folder where backups are written
 */
public record MachineProbe(Path folder, AdminGateway gateway) implements Check.Probe {
    private static final long MEBIBYTE = 1 << 20;
    private static final long LEAST_SPACE = 100 * MEBIBYTE;
    private static final long LEAST_FILES = 4_096;
    private static final String MORE_FILES = "Raise it (LimitNOFILE= of the unit, ulimit -n) and restart the gateway.";

    @Override
    public Future<List<Finding>> look() {
        return gateway.metrics()
                .map(metrics ->
                        files(metrics.value("process_files_open_files"), metrics.value("process_files_max_files")))
                .otherwise(untold -> files(OptionalDouble.empty(), OptionalDouble.empty()))
                .map(files -> List.of(disk(), files));
    }

    private Finding disk() {
        try {
            Path there = folder.toAbsolutePath();
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            long space = Files.getFileStore(there).getUsableSpace();
            String sentence = "the disk of " + there + " has " + space / MEBIBYTE + " MiB left";
            Finding finding = space >= LEAST_SPACE
                    ? Finding.ok(sentence)
                    : Finding.warn(sentence, "Make space: no menu is changed without a backup.")
                            .expecting("at least " + LEAST_SPACE / MEBIBYTE + " MiB");
            return finding.with("bytesLeft", space);
        } catch (IOException e) {
            return Finding.warn("the disk of " + folder + " does not tell its space: " + e.getMessage());
        }
    }

    private static Finding files(OptionalDouble open, OptionalDouble most) {
        if (open.isEmpty() || most.isEmpty()) {
            return own().map(limit -> limited("a process of this shell may open " + limit + " files", limit, 0))
                    .orElseGet(() -> Finding.skip("this system does not tell how many files a process may open"));
        }
        long limit = (long) most.getAsDouble();
        return limited("the gateway has " + (long) open.getAsDouble() + " of " + limit + " files open", limit, (long)
                open.getAsDouble());
    }

    private static Finding limited(String sentence, long limit, long open) {
        if (open > limit / 10 * 9) {
            return Finding.warn(sentence, "Look what holds them: weir_connections, lsof. " + MORE_FILES)
                    .expecting("at most nine tenths");
        }
        return limit >= LEAST_FILES
                ? Finding.ok(sentence)
                : Finding.warn(sentence, "Each connection needs one. " + MORE_FILES)
                        .expecting("at least " + LEAST_FILES);
    }

    private static Optional<Long> own() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? Optional.of(unix.getMaxFileDescriptorCount())
                : Optional.empty();
    }
}
