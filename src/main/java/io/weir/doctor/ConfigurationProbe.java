package io.weir.doctor;

import io.vertx.core.Future;
import io.weir.config.Problem;
import io.weir.config.Problems;
import io.weir.doctor.Doctor.Check;
import io.weir.doctor.Doctor.Finding;
import java.util.List;
import java.util.stream.Stream;

/**
 * The problems of the configuration, as {@code weir check} finds them.
 *
 * @param file what was read
 */
public record ConfigurationProbe(String file, Problems problems) implements Check.Probe {
    @Override
    public Future<List<Finding>> look() {
        List<Finding> found = Stream.concat(
                        problems.errors().stream().map(each -> Finding.fail(each.text())),
                        problems.warnings().stream().map(each -> Finding.warn(words(each))))
                .toList();
        return Future.succeededFuture(found.isEmpty() ? List.of(Finding.ok(file + " has no problem")) : found);
    }

    /** The level stands before the line already. */
    private static String words(Problem warning) {
        return warning.text().replaceFirst(": warning: ", ": ");
    }
}
