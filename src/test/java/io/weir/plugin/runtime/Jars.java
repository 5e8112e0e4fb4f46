package io.weir.plugin.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes jars of handlers from their source, as a user would with javac and jar. */
public final class Jars {
    private Jars() {}

    /**
     * Compiles one class and puts it into a jar, named as a handler.
     *
     * @param jar the jar to make
     * @param className its simple and full name: the default package does
     * @param source its source
     */
    public static Path handler(Path jar, String className, String source) throws IOException {
        return of(jar, className, source, className + "\n");
    }

    /** The same with another service file; none where {@code services} is empty. */
    public static Path of(Path jar, String className, String source, String services) throws IOException {
        Path classes = compile(className, source);
        Files.createDirectories(jar.getParent());
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.list(classes)) {
            if (!services.isEmpty()) {
                put(out, "META-INF/services/io.weir.plugin.Handler", services.getBytes(StandardCharsets.UTF_8));
            }
            for (Path each : all.toList()) {
                put(out, each.getFileName().toString(), Files.readAllBytes(each));
            }
        }
        return jar;
    }

    /** Makes a class in a jar look compiled for a Java that does not exist yet. */
    static void makeNewer(Path jar, String entry) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            byte[] bytes = Files.readAllBytes(inside.getPath(entry));
            bytes[6] = 0x7F;
            Files.write(inside.getPath(entry), bytes);
        }
    }

    /** Adds a service file. */
    static void name(Path jar, String service, String className) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            Path file = inside.getPath("META-INF", "services", service);
            Files.createDirectories(file.getParent());
            Files.writeString(file, className);
        }
    }

    /** Takes a class out of a jar and puts it into another, alone. */
    static void move(Path jar, String entry, Path library) throws IOException {
        Files.createDirectories(library.getParent());
        try (FileSystem inside = FileSystems.newFileSystem(jar);
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(library))) {
            put(out, entry, Files.readAllBytes(inside.getPath(entry)));
            Files.delete(inside.getPath(entry));
        }
    }

    private static Path compile(String className, String source) throws IOException {
        Path classes = Files.createTempDirectory("weir-handler");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        boolean done = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"),
                        null,
                        List.of(new Source(className, source)))
                .call();
        if (!done) {
            throw new AssertionError(messages.toString());
        }
        return classes;
    }

    private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
        out.closeEntry();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
