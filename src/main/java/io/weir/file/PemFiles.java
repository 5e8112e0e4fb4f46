package io.weir.file;

import io.weir.config.Section;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The PEM files that a configuration names. Blocks. */
public final class PemFiles {
    private PemFiles() {}

    /** The file that a key names, relative to the configuration file; it is a problem if that cannot be read. */
    public static Optional<Path> named(Section section, String key) {
        try {
            Optional<Path> file =
                    section.text(key).map(name -> Path.of(section.file()).resolveSibling(name));
            if (file.isPresent() && !Files.isReadable(file.get())) {
                section.problem(key, "expected a PEM file; none can be read at " + file.get());
            }
            return file;
        } catch (InvalidPathException e) {
            section.problem(key, "expected a path: " + e.getReason());
            return Optional.empty();
        }
    }
}
