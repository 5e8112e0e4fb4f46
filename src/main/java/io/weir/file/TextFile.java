package io.weir.file;

import static io.weir.config.FileText.MAX_BYTES;

import io.weir.config.FileText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Reads the files that people write: regular ones, of a bounded size. */
public final class TextFile {
    private static final int BUFFER_BYTES = 1 << 14;

    private TextFile() {}

    /**
     * Reads a regular file of at most {@link FileText#MAX_BYTES}. Blocks.
     *
     * @throws IOException whose message says what is wrong with the file, without its name
     */
    public static byte[] read(Path path) throws IOException {
        checkSize(path);
        return Files.readAllBytes(path);
    }

    private static void checkSize(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("it is a folder");
        }
        long size = Files.size(path);
        if (size > MAX_BYTES) {
            throw new IOException("it has " + size + " bytes; Weir reads at most 16 MiB (" + MAX_BYTES + " bytes)");
        }
    }

    /** The {@linkplain FileText#digest(byte[]) digest} of a file that {@link #read} reads, without keeping its text. Blocks. */
    public static long digest(Path path) throws IOException {
        checkSize(path);
        CRC32C crc = new CRC32C();
        long length = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(path)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                crc.update(buffer, 0, read);
                length += read;
            }
        }
        return length << Integer.SIZE | crc.getValue();
    }
}
