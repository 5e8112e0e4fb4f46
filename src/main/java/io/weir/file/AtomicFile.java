package io.weir.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Replaces a file as a whole: whoever reads it sees the previous content or the new one, also after a crash. Blocks. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Only the owner may read what is written: a new temporary file is its owner's alone. */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, content, false);
    }

    /** The same, under the mode and the owner that the file had, as far as this process may give them. */
    public static void replace(Path file, byte[] content) throws IOException {
        write(file, content, Files.exists(file));
    }

    private static void write(Path file, byte[] content, boolean alike) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path folder = target.resolveSibling("");
        Path fresh = Files.createTempFile(folder, target.getFileName() + ".", ".tmp");
        try {
            fill(fresh, content);
            if (alike) {
                FileAccess.copy(target, fresh);
            }
            move(fresh, target);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void fill(Path fresh, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    private static void move(Path fresh, Path target) throws IOException {
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
