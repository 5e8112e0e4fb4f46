package io.weir.plugin.runtime;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one plugin: its own and those of its {@code lib/} come before Weir's, so that it can bring other versions. What it
 * shares with Weir always comes from Weir: its API, Vert.x, Netty, and the API of SLF4J. A class that the plugin lacks comes from Weir
 * too, as in Jackson, SnakeYAML, Micrometer and Logback; which of those Weir has, and in which version, is not promised.
 */
final class PluginClassLoader extends URLClassLoader {
    private static final List<String> SHARED = List.of("io.weir.", "io.vertx.", "io.netty.", "org.slf4j.");

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader weir;

    PluginClassLoader(String name, List<URL> jars, ClassLoader weir) {
        super(name, jars.toArray(URL[]::new), weir);
        this.weir = weir;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("java.") || SHARED.stream().anyMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = ownOrWeirs(name);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    private Class<?> ownOrWeirs(String name) throws ClassNotFoundException {
        try {
            return findClass(name);
        } catch (ClassNotFoundException notOwn) {
            return weir.loadClass(name);
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
        weir.getResources(name).asIterator().forEachRemaining(all::add);
        return Collections.enumeration(all);
    }
}
