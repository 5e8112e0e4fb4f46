package io.weir.health;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** Which Weir runs, as {@code weir version} and {@code /health} tell. */
public final class Build {
    private static final String UNKNOWN = "unknown";
    private static final String COMMIT = readCommit();

    private Build() {}

    /** The version of the jar; {@code unreleased} where the classes are not in one. */
    public static String version() {
        return Objects.requireNonNullElse(Build.class.getPackage().getImplementationVersion(), "unreleased");
    }

    /**
     * The commit that it was built from, its first 12 digits; {@code -dirty} follows where files differed from it. {@code unknown}
     * where it was built without git.
     */
    public static String commit() {
        return COMMIT;
    }

    private static String readCommit() {
        // Written by the build: pom.xml, execution "commit".
        try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
            if (in == null) {
                return UNKNOWN;
            }
            Properties built = new Properties();
            built.load(in);
            return built.getProperty("commit", UNKNOWN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
