package io.weir.faults.fleet;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Jars of earlier commits, built from the history and kept in {@code target/history}. */
public final class EarlierJar {
    private static final List<String> BUILD = List.of(
            "./mvnw",
            "-q",
            "-Dmaven.test.skip",
            "-Dspotless.check.skip",
            "-Dcheckstyle.skip",
            "-Djacoco.skip",
            "-Dexec.skip",
            "package");

    private EarlierJar() {}

    /** That of a commit; empty where there is no history, or the commit does not build, for example without the network. */
    public static Optional<Path> of(String commit) {
        Path folder = Weir.home().resolve("target/history");
        Path jar = folder.resolve("weir-" + commit + ".jar");
        Path tree = folder.resolve(commit);
        try {
            return Files.exists(jar) || built(commit, tree, jar) ? Optional.of(jar) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean built(String commit, Path tree, Path jar) throws IOException {
        Files.createDirectories(tree);
        String archive = tree.resolve("tree.tar").toString();
        boolean done = run(Weir.home(), tree, List.of("git", "archive", "--output=" + archive, commit))
                && run(tree, tree, List.of("tar", "-xf", archive))
                && run(tree, tree, BUILD);
        if (done) {
            Files.move(tree.resolve("target/weir.jar"), jar, StandardCopyOption.ATOMIC_MOVE);
            delete(tree);
        }
        return done;
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static boolean run(Path where, Path logs, List<String> command) throws IOException {
        try {
            Process process = new ProcessBuilder(new ArrayList<>(command))
                    .directory(where.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(logs.resolve("build.log").toFile())
                    .start();
            return process.waitFor() == 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
