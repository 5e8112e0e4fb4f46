package io.weir.plugin.runtime;

import io.weir.config.Place;
import io.weir.config.Problem;
import io.weir.config.Problem.Severity;
import io.weir.config.Problems;
import io.weir.config.Section;
import io.weir.plugin.Handler;
import io.weir.plugin.Observer;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jars of handlers in a folder: {@code NAME.jar} or {@code NAME/*.jar}, and beside them in {@code NAME/lib/*.jar} what they need.
 * Each name is a plugin with a class loader of its own. Blocks; never on an event loop.
 */
final class HandlerJars {
    private static final String SUFFIX = ".jar";
    private static final String HANDLERS = "META-INF/services/" + Handler.class.getName();
    private static final String OBSERVERS = "META-INF/services/" + Observer.class.getName();
    private static final String SHAPE =
            "a public class with a public constructor without parameters, compiled for Java "
                    + Runtime.version().feature() + " or older against this version of Weir";

    private HandlerJars() {}

    /**
     * The files of a plugin as a look has found them; equal when nothing has changed.
     *
     * @param own the jars that may have handlers in them
     * @param libraries what they need besides
     * @param stamps size and time of each
     */
    record PluginFiles(String name, List<Path> own, List<Path> libraries, List<String> stamps) {}

    /**
     * The plugins that are there now, by name.
     *
     * @param folder need not be there; may be one jar
     * @param problems takes it where it cannot be read
     */
    static Map<String, PluginFiles> look(Path folder, Problems problems) {
        try {
            return look(folder);
        } catch (IOException e) {
            report(problems, folder, "a folder that cannot be read: " + e.getMessage(), "expected handlers in jars");
            return Map.of();
        }
    }

    /** The same for one who looks again. */
    static Map<String, PluginFiles> look(Path folder) throws IOException {
        Map<String, PluginFiles> found = new TreeMap<>();
        if (Files.isRegularFile(folder)) {
            String name = name(folder);
            found.put(name, files(name, folder.resolveSibling(name), List.of(folder)));
        } else if (Files.isDirectory(folder)) {
            for (Path each : list(folder)) {
                String name = Files.isDirectory(each) ? fileName(each) : name(each);
                if (Files.isDirectory(each) || isJar(each)) {
                    Path jar = folder.resolve(name + SUFFIX);
                    PluginFiles files =
                            files(name, folder.resolve(name), Files.isRegularFile(jar) ? List.of(jar) : List.of());
                    if (!files.own.isEmpty()) {
                        found.put(name, files);
                    }
                }
            }
        }
        return found;
    }

    private static PluginFiles files(String name, Path beside, List<Path> jar) throws IOException {
        List<Path> own = new ArrayList<>(jar);
        own.addAll(jars(beside));
        List<Path> libraries = jars(beside.resolve("lib"));
        List<String> stamps = new ArrayList<>();
        for (Path each : Stream.concat(own.stream(), libraries.stream()).toList()) {
            BasicFileAttributes file = Files.readAttributes(each, BasicFileAttributes.class);
            stamps.add(each + " " + file.size() + " " + file.lastModifiedTime() + " " + file.fileKey());
        }
        return new PluginFiles(name, List.copyOf(own), libraries, List.copyOf(stamps));
    }

    private static List<Path> jars(Path folder) throws IOException {
        return Files.isDirectory(folder)
                ? list(folder).stream().filter(HandlerJars::isJar).toList()
                : List.of();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static boolean isJar(Path file) {
        return fileName(file).endsWith(SUFFIX) && Files.isRegularFile(file);
    }

    private static String name(Path jar) {
        return fileName(jar).substring(0, Math.max(0, fileName(jar).length() - SUFFIX.length()));
    }

    private static String fileName(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** Loads one plugin, from copies of its files; empty where anything is wrong with it. */
    static Optional<Plugin> load(PluginFiles files, Problems problems) {
        int before = problems.errors().size();
        Loading loading = new Loading(files, problems);
        Optional<Plugin> loaded = loading.load();
        if (problems.errors().size() > before) {
            loaded.ifPresent(Plugin::close);
            return Optional.empty();
        }
        return loaded;
    }

    static void report(Problems problems, Path file, String found, String rule) {
        report(problems, new Place(file.toString(), 0, 0, ""), found, rule);
    }

    /** Of a key of the configuration. */
    static void report(Problems problems, Section section, String key, String found, String rule) {
        report(problems, new Place(section.file(), section.line(key), 0, section.path(key)), found, rule);
    }

    private static void report(Problems problems, Place place, String found, String rule) {
        problems.add(new Problem(Severity.ERROR, place, found, rule, Optional.empty()));
    }

    /** One plugin being loaded. */
    private static final class Loading {
        private final PluginFiles files;
        private final Problems problems;
        private final Path jar;

        Loading(PluginFiles files, Problems problems) {
            this.files = files;
            this.problems = problems;
            this.jar = files.own.get(0);
        }

        Optional<Plugin> load() {
            try {
                if (!namesAny()) {
                    problem(
                            "no " + HANDLERS,
                            "expected that file, with the name of the handler's class in it, or " + OBSERVERS);
                    return Optional.empty();
                }
                Path copies = copies();
                List<Path> from = copies == null ? all() : copied(copies);
                PluginClassLoader loader =
                        new PluginClassLoader(files.name, urls(from), Handler.class.getClassLoader());
                List<Handler<?>> handlers = new ArrayList<>();
                made(Handler.class, loader).forEach(handler -> handlers.add((Handler<?>) handler));
                List<Observer> observers = made(Observer.class, loader);
                handlers.forEach(this::check);
                Plugin plugin = new Plugin(
                        files.name, jar, handlers, observers, Optional.of(loader), Optional.ofNullable(copies));
                plugin.handlers().forEach(each -> checkNames(each.getClass(), loader));
                plugin.observers().forEach(each -> checkNames(each.getClass(), loader));
                return Optional.of(plugin);
            } catch (IOException e) {
                problem("a file that is not a valid JAR: " + e.getMessage(), "expected a jar with a handler");
                return Optional.empty();
            }
        }

        private boolean namesAny() throws IOException {
            boolean named = false;
            for (Path each : files.own) {
                try (JarFile file = new JarFile(each.toFile())) {
                    named |= file.getEntry(HANDLERS) != null || file.getEntry(OBSERVERS) != null;
                }
            }
            return named;
        }

        private List<Path> all() {
            return Stream.concat(files.own.stream(), files.libraries.stream()).toList();
        }

        /** Null where copies cannot be written: the jars are loaded from where they are then. */
        private @Nullable Path copies() {
            try {
                Path folder = Files.createTempDirectory("weir-handlers");
                folder.toFile().deleteOnExit();
                return folder;
            } catch (IOException readOnly) {
                return null;
            }
        }

        private List<Path> copied(Path folder) throws IOException {
            List<Path> copied = new ArrayList<>();
            for (Path each : all()) {
                Path copy = folder.resolve(copied.size() + "-" + fileName(each));
                copied.add(Files.copy(each, copy, StandardCopyOption.REPLACE_EXISTING));
                copy.toFile().deleteOnExit();
            }
            return copied;
        }

        private static List<URL> urls(List<Path> files) throws MalformedURLException {
            List<URL> urls = new ArrayList<>();
            for (Path each : files) {
                urls.add(each.toUri().toURL());
            }
            return urls;
        }

        private <T> List<T> made(Class<T> service, PluginClassLoader loader) {
            List<T> made = new ArrayList<>();
            Iterator<ServiceLoader.Provider<T>> providers =
                    ServiceLoader.load(service, loader).stream().iterator();
            boolean more = true;
            while (more) {
                try {
                    more = providers.hasNext();
                    if (more) {
                        ServiceLoader.Provider<T> next = providers.next();
                        if (next.type().getClassLoader() == loader) {
                            made.add(next.get());
                        }
                    }
                } catch (RuntimeException | Error e) {
                    problem("a handler that cannot be made: " + reason(e), "expected " + SHAPE);
                }
            }
            return made;
        }

        private void check(Handler<?> handler) {
            if (handler.type() == null) {
                problem(
                        handler.getClass().getName() + " of no type",
                        "expected its type() to be a constant of PushType");
            }
        }

        private void checkNames(Class<?> type, PluginClassLoader loader) {
            for (String missing : NamedClasses.missing(type, loader)) {
                problem(
                        type.getName() + ", which needs " + missing,
                        "expected that class in the jar or in one of " + files.name + "/lib/*.jar beside it");
            }
        }

        private void problem(String found, String rule) {
            report(problems, jar, found, rule);
        }

        private static String reason(Throwable e) {
            Throwable cause = e;
            while (cause.getCause() != null && cause instanceof ServiceConfigurationError) {
                cause = cause.getCause();
            }
            return cause instanceof ServiceConfigurationError ? String.valueOf(cause.getMessage()) : cause.toString();
        }
    }
}
