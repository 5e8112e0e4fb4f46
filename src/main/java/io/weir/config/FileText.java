package io.weir.config;

import io.weir.config.Problem.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The text of a file, which must be UTF-8: another encoding would reach users as broken characters. */
public final class FileText {
    /** A larger configuration or replies file is not read. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    /** What stands in a text for bytes that are not UTF-8, unless the file says it itself. */
    private static final char REPLACEMENT = '\uFFFD';

    private static final int BUFFER_BYTES = 1 << 14;

    private FileText() {}

    /**
     * Reads a regular file of at most {@link #MAX_BYTES}. Blocks.
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

    /** Tells a text from others, so that it need not be kept to see a change: its length and CRC-32C. */
    public static long digest(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (long) bytes.length << Integer.SIZE | crc.getValue();
    }

    /** The {@linkplain #digest(byte[]) digest} of a file that {@link #read} reads, without keeping its text. Blocks. */
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

    /**
     * Decodes a file.
     *
     * @param file how problems name it
     * @return its text; empty, with a problem that names the line, when it is not UTF-8
     */
    public static Optional<String> decode(String file, byte[] bytes, Problems problems) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return Optional.of(text);
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        out.flip();
        if (!result.isError()) {
            return Optional.of(out.toString());
        }
        int line = 1 + (int) out.chars().filter(c -> c == '\n').count();
        problems.add(new Problem(
                Severity.ERROR,
                new Place(file, line, 0, ""),
                "bytes that are not UTF-8",
                "expected a text file in UTF-8",
                Optional.of("save it as UTF-8; GBK and UTF-16 are not read")));
        return Optional.empty();
    }
}
