package io.weir.menu.publish;

import io.weir.file.AtomicFile;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files whole or not at all, in a folder that nobody but its owner may read. Blocks. */
final class OwnedFolder {
    private OwnedFolder() {}

    /** @throws IOException where it cannot be had */
    static void make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** A new temporary file is its owner's alone, and stays so under its name. */
    static void write(Path file, byte[] content) throws IOException {
        make(file.toAbsolutePath().resolveSibling(""));
        AtomicFile.write(file, content);
    }
}
