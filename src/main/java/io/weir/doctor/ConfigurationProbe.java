package io.weir.doctor;

import io.vertx.core.Future;
import io.weir.config.Problem;
import io.weir.config.Problems;
import io.weir.doctor.Doctor.Check;
import io.weir.doctor.Doctor.Finding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The problems of the configuration, as {@code weir check} finds them.
 *
 * @param file what was read
 */
public record ConfigurationProbe(String file, Problems problems) implements Check.Probe {
    /** Whether nothing but variables are missing, which a gateway with another environment may have. */
    public boolean lacksVariablesOnly() {
        return !problems.errors().isEmpty()
                && problems.errors().stream()
                        .allMatch(each -> each.unsetVariable().isPresent());
    }

    /** That, in one line. */
    private Finding missing() {
        String names = problems.errors().stream()
                .flatMap(each -> each.unsetVariable().stream())
                .distinct()
                .collect(Collectors.joining(", "));
        return Finding.warn(
                "this shell lacks " + names + ", which " + file + " needs; the running gateway is asked instead",
                "Run this with the gateway's environment for the rest: with systemd, systemd-run --pty -p"
                        + " EnvironmentFile=FILE weir doctor --conf " + file + ".");
    }

    @Override
    public Future<List<Finding>> look() {
        List<Finding> found = Stream.concat(
                        lacksVariablesOnly()
                                ? Stream.of(missing())
                                : problems.errors().stream().map(each -> Finding.fail(each.text())),
                        problems.warnings().stream().map(each -> Finding.warn(words(each))))
                .toList();
        return Future.succeededFuture(found.isEmpty() ? List.of(Finding.ok(file + " has no problem")) : found);
    }

    /** The level stands before the line already. */
    private static String words(Problem warning) {
        return warning.text().replaceFirst(": warning: ", ": ");
    }
}
