package io.weir.faults.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is put to the test: where it lies and how it is run. */
public final class Weir {
    private Weir() {}

    /** The root of the project. */
    public static Path home() {
        return Path.of(System.getProperty("weir.home", "")).toAbsolutePath();
    }

    /** The Java argument file with the flags that users get, of {@code scripts/run}. */
    static Path flagsFile() {
        return home().resolve("scripts/.jvm");
    }

    /** What is in it. */
    public static List<String> flags() {
        try {
            return Files.readAllLines(flagsFile()).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The runnable jar. */
    public static Path jar() {
        return Path.of(
                System.getProperty("weir.jar", home().resolve("target/weir.jar").toString()));
    }
}
