package io.weir.plugin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of a handler in the configuration. A getter does not throw for what the file says: it reports the problem with its
 * line and goes on with the default, and the gateway does not start. Values in which {@code ${NAME}} or {@code ${file:…}} stands
 * are replaced as everywhere in the file. Any thread.
 */
public interface Settings {

    /** The names of those that are there. */
    Set<String> names();

    /** Whether it has a value. */
    boolean has(String name);

    /** As it is written; empty where nothing is. */
    Optional<String> text(String name);

    /** A text that is never shown in a message about it. */
    Optional<String> secret(String name);

    /** A whole number. */
    int integer(String name, int otherwise, int min, int max);

    /** {@code true} or {@code false}. */
    boolean flag(String name, boolean otherwise);

    /** A time as in {@code 500ms}, {@code 3s}, {@code 10m}. */
    Duration duration(String name, Duration otherwise, Duration min, Duration max);

    /** One value or a list of them. */
    List<String> texts(String name);

    /** A map of settings; empty where there is none. */
    Settings section(String name);

    /**
     * Reports the handler's own rule about a setting, as in {@code expected the name of a table}; what was found is added.
     */
    void problem(String name, String rule);
}
