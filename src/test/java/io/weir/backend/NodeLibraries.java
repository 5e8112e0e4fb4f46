package io.weir.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Systems for WeChat from npm, which nobody here wrote, and what starts them: {@code src/test/backends}. */
public final class NodeLibraries {
    private static final long LIMIT_SECONDS = 60;

    private final Path folder;

    /** @param home the root of the project */
    public NodeLibraries(Path home) {
        folder = home.resolve("target/backends").toAbsolutePath();
    }

    /** Whether a program is on the path. */
    public static boolean isOnThePath(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** A script of {@code src/test/backends} beside the packages that it requires. */
    public Path script(String name) {
        return folder.resolve(name);
    }

    /** Whether Node.js and the packages are there; installs the packages where they are not. */
    public boolean install() {
        try {
            return isOnThePath("node") && isOnThePath("npm") && hasPackages();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private boolean hasPackages() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder.resolve("../../src/test/backends"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(file.getFileName());
                Files.deleteIfExists(copy);
                Files.copy(file, copy);
            }
        }
        if (Files.exists(folder.resolve("node_modules/co-wechat-api"))) {
            return true;
        }
        Process install = new ProcessBuilder(List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("npm.log").toFile())
                .start();
        return install.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && install.exitValue() == 0;
    }
}
