package io.weir.menu.publish;

import io.weir.file.AtomicFile;
import io.weir.file.FileAccess;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files whole or not at all, in a folder that nobody but its owner may read. Blocks. */
final class OwnedFolder {
    private OwnedFolder() {}

    /** @throws IOException where it cannot be had, or somebody else could redirect or read what is written into it */
    static void make(Path folder) throws IOException {
        if (Files.isSymbolicLink(folder)) {
            throw new IOException(folder + " is a symbolic link; put a folder of Weir's own in its place");
        }
        if (Files.isDirectory(folder)) {
            if (FileAccess.hasForeignOwner(folder)) {
                throw new IOException(folder + " belongs to another user; give it to the user that runs Weir");
            }
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
