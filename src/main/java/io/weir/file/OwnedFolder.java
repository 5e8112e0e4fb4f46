package io.weir.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A folder, and files in it, that nobody but their owner may read. Blocks. */
public final class OwnedFolder {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private OwnedFolder() {}

    /**
     * Makes a folder, unless there is one.
     *
     * @throws IOException where it cannot be had, or somebody else could redirect or read what is written into it
     */
    public static void make(Path folder) throws IOException {
        if (Files.isSymbolicLink(folder)) {
            throw new IOException(folder + " is a symbolic link; put a folder of Weir's own in its place");
        }
        if (Files.isDirectory(folder)) {
            if (FileAccess.hasForeignOwner(folder)) {
                throw new IOException(folder + " belongs to another user; give it to the user that runs Weir");
            }
            return;
        }
        Files.createDirectories(folder, owners("rwx------"));
    }

    /**
     * Makes a folder, unless there is one, and tries to write into it.
     *
     * @throws IOException whose message says why that is not possible
     */
    public static void tryToWrite(Path folder) throws IOException {
        try {
            make(folder);
            Files.delete(Files.createTempFile(folder, ".weir", ".tmp"));
        } catch (AccessDeniedException e) {
            throw new IOException("permission denied", e);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(e.getMessage() + " is no folder", e);
        }
    }

    /**
     * Where a process keeps what it writes: beside its configuration file, or in the working directory; with {@code -Dweir.state=FOLDER}
     * there.
     */
    public static Path ofProcess(Optional<Path> configuration, String name) {
        String state = System.getProperty("weir.state");
        return state != null
                ? Path.of(state).resolve(name)
                : configuration.map(file -> file.resolveSibling(name)).orElse(Path.of(name));
    }

    /** A new temporary file is its owner's alone, and stays so under its name. */
    public static void write(Path file, byte[] content) throws IOException {
        make(file.toAbsolutePath().resolveSibling(""));
        AtomicFile.write(file, content);
    }

    /** Opens a file; a new one is its owner's alone. Follows no symbolic link. */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        Set<OpenOption> all = new HashSet<>(List.of(options));
        all.add(LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(file, all, owners("rw-------"));
    }

    private static FileAttribute<?>[] owners(String mode) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
