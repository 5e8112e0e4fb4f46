package io.weir.faults.fleet;

import java.nio.file.Path;
import java.util.List;

/** What is put to the test: where it lies and how it is run. */
public final class Weir {
    /**
     * Those of {@code scripts/run}, but for the second compiler: three processes would spend the first half minute of each row
     * on it, on the cores that the load needs.
     */
    public static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Xms32m",
            "-Xmx128m",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:TieredStopAtLevel=1");

    private Weir() {}

    /** The root of the project. */
    public static Path home() {
        return Path.of(System.getProperty("weir.home", "")).toAbsolutePath();
    }

    /** The runnable jar. */
    public static Path jar() {
        return Path.of(
                System.getProperty("weir.jar", home().resolve("target/weir.jar").toString()));
    }
}
