package io.weir.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.faults.fleet.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code -Pdist} has built; the Debian package is tried on this machine, where it may be installed. */
class DebianPackageIT {
    private static final int SKIPPED = 77;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void isInstalledStartedDrainedUpgradedAndPurged() throws Exception {
        Path deb = built("weir_*_all.deb");
        Path transcript = Path.of("target/debian-package.txt");
        Path script = Path.of(
                Objects.requireNonNull(getClass().getResource("life-cycle.sh")).toURI());

        Process process = new ProcessBuilder(
                        "bash",
                        script.toString(),
                        deb.toString(),
                        folder.toString(),
                        "" + Ports.free(),
                        "" + Ports.free())
                .redirectErrorStream(true)
                .redirectOutput(transcript.toFile())
                .start();
        int status = process.waitFor();

        String text = Files.readString(transcript);
        assumeFalse(status == SKIPPED, text);
        assertThat(text).endsWith("nothing is left\n");
        assertThat(status).isZero();
    }

    @Test
    void theArchiveHasJarLauncherUnitAndConfigurations() throws Exception {
        List<String> inTheArchive = lines("tar", "-tzf", built("weir-*.tar.gz").toString());

        assertThat(inTheArchive)
                .allMatch(each -> each.startsWith("weir-"))
                .extracting(each -> each.replaceFirst("^[^/]*/", ""))
                .contains(
                        "weir.jar",
                        "bin/weir",
                        "bin/weir.cmd",
                        "systemd/weir.service",
                        "conf/weir.yaml",
                        "conf/replies.yaml",
                        "conf/haproxy.cfg",
                        "conf/Containerfile",
                        "conf/compose.yaml",
                        "conf/kubernetes.yaml",
                        "LICENSE",
                        "CHANGELOG.md",
                        "README.md",
                        "README.zh-CN.md");
    }

    /** Made with the network only. */
    @Test
    void aBillOfMaterialsNamesWhatTheJarHas() throws Exception {
        Path bill = Path.of("target/weir.cdx.json");
        assumeTrue(Files.exists(bill), "needs ./mvnw verify -Pdist, not offline");

        assertThat(lines("tar", "-tzf", built("weir-*.tar.gz").toString()))
                .anyMatch(each -> each.endsWith("/weir.cdx.json"));
        assertThat(new ObjectMapper().readTree(bill.toFile()).at("/components").findValuesAsText("name"))
                .contains("vertx-core", "netty-handler", "jackson-databind")
                .doesNotContain("netty-codec-http3", "prometheus-metrics-exposition-formats", "junit-jupiter-api");
    }

    private static Path built(String pattern) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            List<Path> found = files.filter(each -> each.getFileSystem()
                            .getPathMatcher("glob:" + pattern)
                            .matches(each.getFileName()))
                    .toList();
            assumeTrue(found.size() == 1, "needs the packages: ./mvnw verify -Pdist");
            return found.get(0).toAbsolutePath();
        }
    }

    private static List<String> lines(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
