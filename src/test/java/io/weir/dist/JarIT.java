package io.weir.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar: what is in it, and that it can be built again. */
class JarIT {
    private static final Path JAR = Path.of(Objects.requireNonNull(System.getProperty("weir.jar")));

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void hasNothingOfProtocolsThatWeirNeverSpeaks() throws IOException {
        assertThat(entries(JAR).keySet())
                .filteredOn(
                        name -> name.matches(
                                "io/netty/(handler/codec/(quic|http3|socks)|internal/tcnative)/.*class|.*[.](so|dll|jnilib|dylib)"))
                .containsExactly("io/netty/handler/codec/quic/QuicChannel.class");
        assertThat(entries(JAR).keySet()).noneMatch(name -> name.contains("protobuf"));
    }

    /** From the same sources in another folder, at another time. */
    @Test
    void isTheSameWhenItIsBuiltAgain() throws IOException {
        assumeTrue(Files.exists(Path.of(".git")), "needs the history");
        for (String file : output(Path.of(""), "git", "ls-files", "-co", "--exclude-standard")
                .lines()
                .toList()) {
            copy(Path.of(file));
        }
        String history = output(Path.of(""), "git", "rev-parse", "--absolute-git-dir");
        Files.writeString(folder.resolve(".git"), "gitdir: " + history);

        output(
                folder,
                "./mvnw",
                "-o",
                "-q",
                "-Dmaven.test.skip",
                "-Dcompiler.checks=-Xlint",
                "-Dspotless.check.skip",
                "-Dcheckstyle.skip",
                "-Djacoco.skip",
                "-Dexec.skip",
                "package");

        Map<String, Long> first = entries(JAR);
        Map<String, Long> second = entries(folder.resolve("target/weir.jar"));
        assumeTrue(
                System.getenv("CI") != null || second.keySet().containsAll(first.keySet()),
                "the target folder has files of earlier builds: ./mvnw clean");
        assertThat(second).isEqualTo(first);
        assertThat(folder.resolve("target/weir.jar")).hasSameBinaryContentAs(JAR);
    }

    private void copy(Path file) throws IOException {
        if (Files.exists(file)) {
            Path copy = folder.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
            assertThat(!Files.isExecutable(file) || copy.toFile().setExecutable(true))
                    .isTrue();
        }
    }

    /** Checksums by name. */
    private static Map<String, Long> entries(Path jar) throws IOException {
        Map<String, Long> entries = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream().forEach(entry -> entries.put(entry.getName(), entry.getCrc()));
        }
        return entries;
    }

    private static String output(Path where, String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .directory(where.toAbsolutePath().toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).describedAs(output).isZero();
            return output.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
