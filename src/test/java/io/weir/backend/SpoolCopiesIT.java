package io.weir.backend;

import io.weir.dispatch.durable.WorkOrSpool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** Copies through the spool of one machine. */
class SpoolCopiesIT extends CopiesContract {
    @TempDir
    Path folder;

    @Override
    WorkOrSpool open(String owner, Map<String, List<String>> copied) {
        return WorkOrSpool.open(Optional.empty(), Optional.of(folder), CONFIG, List.of("main"), copied, metrics);
    }
}
