package io.weir.plugin.runtime;

import io.weir.plugin.Handler;
import io.weir.plugin.Observer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a jar brings: made, not started.
 *
 * @param name of the jar, without {@code .jar}: what replaces it has the same
 * @param file what messages name: the jar
 * @param handlers in the order of the service file
 * @param observers likewise
 * @param loader of its classes; empty where they are on the class path
 * @param copies folder of the files that it is loaded from, so that the original ones can be replaced; deleted with it
 */
public record Plugin(
        String name,
        Path file,
        List<Handler<?>> handlers,
        List<Observer> observers,
        Optional<PluginClassLoader> loader,
        Optional<Path> copies) {
    private static final Logger LOG = LoggerFactory.getLogger(Plugin.class);

    public Plugin {
        handlers = List.copyOf(handlers);
        observers = List.copyOf(observers);
    }

    /** Handlers that are on the class path: of a test, or of an application that Weir is a part of. */
    public static Plugin of(String name, List<Handler<?>> handlers) {
        return new Plugin(name, Path.of(name), handlers, List.of(), Optional.empty(), Optional.empty());
    }

    /** Lets go of its classes; blocks. */
    void close() {
        loader.ifPresent(each -> {
            try {
                each.close();
            } catch (IOException e) {
                LOG.debug("a jar was not closed", e);
            }
        });
        copies.ifPresent(Plugin::delete);
    }

    static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            LOG.debug("a copy of a jar was not deleted", e);
        }
    }
}
