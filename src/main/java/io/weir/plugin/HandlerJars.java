package io.weir.plugin;

import io.weir.config.Place;
import io.weir.config.Problem;
import io.weir.config.Problem.Severity;
import io.weir.config.Problems;
import io.weir.wechat.message.PushType;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The handlers in the jars of a folder, each jar with a class loader of its own. Blocks; for the start, never on an event
 * loop.
 */
public final class HandlerJars {
    private static final String SERVICE_FILE = "META-INF/services/" + Handler.class.getName();

    private final Problems problems;
    private final Map<PushType<?>, JarHandler> handlers = new HashMap<>();

    private HandlerJars(Problems problems) {
        this.problems = problems;
    }

    /**
     * A handler and where it came from.
     *
     * @param jar its jar
     * @param handler made, not started
     * @param nonBlocking what it says of itself
     */
    public record JarHandler(Path jar, Handler<?> handler, boolean nonBlocking) {}

    /**
     * Loads the handlers of all jars of a folder, by the name of the file.
     *
     * @param folder need not be there
     * @param problems takes what is wrong with a jar, and two handlers of one kind
     */
    public static List<JarHandler> load(Path folder, Problems problems) {
        HandlerJars jars = new HandlerJars(problems);
        jars.files(folder).forEach(jars::load);
        return List.copyOf(jars.handlers.values());
    }

    private List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problem(folder, "a folder that cannot be read: " + e.getMessage(), "expected handlers in jars");
            return List.of();
        }
    }

    private void load(Path jar) {
        try {
            if (!hasServiceFile(jar)) {
                problem(jar, "no " + SERVICE_FILE, "expected that file, with the name of the handler's class in it");
                return;
            }
            URL[] classPath = {jar.toUri().toURL()};
            handlers(jar, new URLClassLoader(jar.getFileName().toString(), classPath, Handler.class.getClassLoader()));
        } catch (IOException e) {
            problem(jar, "a file that is not a valid JAR: " + e.getMessage(), "expected a jar with a handler");
        }
    }

    private static boolean hasServiceFile(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getEntry(SERVICE_FILE) != null;
        }
    }

    private void handlers(Path jar, URLClassLoader loader) {
        @SuppressWarnings("rawtypes")
        Iterator<ServiceLoader.Provider<Handler>> providers =
                ServiceLoader.load(Handler.class, loader).stream().iterator();
        boolean more = true;
        while (more) {
            try {
                more = providers.hasNext();
                if (more) {
                    own(jar, loader, providers.next());
                }
            } catch (RuntimeException | Error e) {
                problem(jar, "a handler that cannot be made: " + reason(e), "expected " + SHAPE);
            }
        }
    }

    private static final String SHAPE =
            "a public class with a public constructor without parameters, compiled for Java "
                    + Runtime.version().feature() + " or older against this version of Weir";

    private void own(Path jar, URLClassLoader loader, ServiceLoader.Provider<?> provider) {
        if (provider.type().getClassLoader() != loader) {
            return;
        }
        Handler<?> handler = (Handler<?>) provider.get();
        PushType<?> type = handler.type();
        if (type == null) {
            problem(
                    jar,
                    handler.getClass().getName() + " of no type",
                    "expected its type() to be a constant of PushType");
            return;
        }
        JarHandler other = handlers.putIfAbsent(type, new JarHandler(jar, handler, handler.nonBlocking()));
        if (other != null) {
            problem(
                    jar,
                    handler.getClass().getName() + " for " + type,
                    "expected one handler for each type, and " + other.jar().getFileName() + " has "
                            + other.handler().getClass().getName());
        }
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause instanceof ServiceConfigurationError) {
            cause = cause.getCause();
        }
        return cause instanceof ServiceConfigurationError ? String.valueOf(cause.getMessage()) : cause.toString();
    }

    private void problem(Path file, String found, String rule) {
        report(problems, file, found, rule);
    }

    static void report(Problems problems, Path file, String found, String rule) {
        problems.add(new Problem(Severity.ERROR, new Place(file.toString(), 0, 0, ""), found, rule, Optional.empty()));
    }
}
