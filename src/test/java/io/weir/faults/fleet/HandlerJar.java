package io.weir.faults.fleet;

import io.weir.faults.handler.ClickHandler;
import io.weir.faults.handler.ScanHandler;
import io.weir.faults.handler.TextHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The jar of the rig's handlers, as a user would build it. */
final class HandlerJar {
    private static final String SERVICES = String.join(
            "\n", TextHandler.class.getName(), ClickHandler.class.getName(), ScanHandler.class.getName(), "");

    private HandlerJar() {}

    static void write(Path jar) throws IOException {
        Files.createDirectories(jar.toAbsolutePath().getParent());
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            put(out, "META-INF/services/io.weir.plugin.Handler", SERVICES.getBytes(StandardCharsets.UTF_8));
            String folder = TextHandler.class.getPackageName().replace('.', '/');
            for (Path each : classes()) {
                put(out, folder + "/" + each.getFileName(), Files.readAllBytes(each));
            }
        }
    }

    private static List<Path> classes() throws IOException {
        try {
            String one = TextHandler.class.getSimpleName() + ".class";
            Path folder = Path.of(Objects.requireNonNull(TextHandler.class.getResource(one), one)
                            .toURI())
                    .resolveSibling(".");
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(each -> each.toString().endsWith(".class")).toList();
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
        out.closeEntry();
    }
}
