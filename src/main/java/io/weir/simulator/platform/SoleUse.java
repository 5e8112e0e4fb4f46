package io.weir.simulator.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Makes sure that one process at a time uses a file: a lock on a file beside it, since the file itself is replaced at each
 * change. The system gives it back when the process ends, however that ends.
 */
final class SoleUse implements AutoCloseable {
    private final Path beside;
    private final FileChannel channel;

    private SoleUse(Path beside, FileChannel channel) {
        this.beside = beside;
        this.channel = channel;
    }

    /** @throws StateFileException when somebody uses it already, or nothing can be written beside it */
    static SoleUse of(Path file) {
        Path beside = file.resolveSibling(file.getFileName() + ".lock");
        try {
            FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel)) {
                return new SoleUse(beside, channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new StateFileException(
                    file, "cannot be written: " + e, "Make its folder writable, or give another file.");
        }
        throw new StateFileException(
                file, "is in use by another simulator", "Stop that one, or give another file with --state.");
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException byThisProcess) {
            return false;
        }
    }

    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
