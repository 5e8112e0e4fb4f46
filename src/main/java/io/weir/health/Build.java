package io.weir.health;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** Which Weir runs, as {@code weir version} and {@code /health} tell. The build writes it; see {@code pom.xml}. */
public final class Build {
    private static final String COMMIT = commit("build.properties");

    private Build() {}

    /** The version of the jar; {@code unreleased} where the classes are not in one. */
    public static String version() {
        return Objects.requireNonNullElse(Build.class.getPackage().getImplementationVersion(), "unreleased");
    }

    /** The commit that it was built from, {@code -dirty} behind it where files differed; {@code unknown} without git. */
    public static String commit() {
        return COMMIT;
    }

    static String commit(String resource) {
        try (InputStream in = Build.class.getResourceAsStream(resource)) {
            if (in == null) {
                return "unknown";
            }
            Properties built = new Properties();
            built.load(in);
            boolean differs = Boolean.parseBoolean(built.getProperty("git.dirty"));
            return built.getProperty("git.commit.id.abbrev", "unknown") + (differs ? "-dirty" : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
