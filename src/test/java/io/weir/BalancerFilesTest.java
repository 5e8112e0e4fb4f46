package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files for balancers that are shipped are what their programs understand. */
class BalancerFilesTest {
    private static final Path HAPROXY = Path.of("/usr/sbin/haproxy");
    private static final Path NGINX = Path.of("/usr/sbin/nginx");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void haproxyTakesItsFileWithoutAWarning() throws Exception {
        assumeTrue(Files.isExecutable(HAPROXY), "needs HAProxy");

        Result result = run(HAPROXY.toString(), "-c", "-f", "conf/haproxy.cfg");

        assertThat(result.output).doesNotContain("WARNING", "ALERT");
        assertThat(result.status).isZero();
    }

    @Test
    void nginxTakesItsFile() throws Exception {
        assumeTrue(Files.isExecutable(NGINX), "needs nginx");
        String whole =
                "pid " + folder.resolve("nginx.pid") + "; error_log stderr; events {} http { access_log off; include "
                        + Path.of("conf/nginx.conf").toAbsolutePath() + "; }";
        Path file = Files.writeString(folder.resolve("nginx.conf"), whole);

        Result result = run(NGINX.toString(), "-t", "-p", folder.toString(), "-c", file.toString());

        assertThat(result.output).contains("syntax is ok");
    }

    private record Result(int status, String output) {}

    private static Result run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
