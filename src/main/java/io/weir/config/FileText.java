package io.weir.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The text of a file, which must be UTF-8: another encoding would reach users as broken characters. */
public final class FileText {
    /** A larger configuration or replies file is not read. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    /** What stands in a text for bytes that are not UTF-8, unless the file says it itself. */
    private static final char REPLACEMENT = '\uFFFD';

    private FileText() {}

    /** Tells a text from others, so that it need not be kept to see a change: its length and CRC-32C. */
    public static long digest(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (long) bytes.length << Integer.SIZE | crc.getValue();
    }

    /**
     * Decodes a file.
     *
     * @param file how problems name it
     * @return its text; empty, with a problem that names the line, when it is not UTF-8
     */
    public static Optional<String> decode(String file, byte[] bytes, Problems problems) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Optional<String> readable = readableStart(bytes, text);
        readable.ifPresent(start -> {
            int line = 1 + (int) start.chars().filter(c -> c == '\n').count();
            problems.add(Problem.error(
                            new Place(file, line, 0, ""), "bytes that are not UTF-8", "expected a text file in UTF-8")
                    .hint("save it as UTF-8; GBK and UTF-16 are not read"));
        });
        return readable.isPresent() ? Optional.empty() : Optional.of(text);
    }

    /**
     * What stands before the first bytes that are not UTF-8; empty if there are none.
     *
     * @param text what Java makes of the bytes
     */
    public static Optional<String> readableStart(byte[] bytes, String text) {
        if (text.indexOf(REPLACEMENT) < 0) {
            return Optional.empty();
        }
        CharBuffer start = CharBuffer.allocate(bytes.length);
        boolean isUtf8 = !StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes), start, true)
                .isError();
        return isUtf8 ? Optional.empty() : Optional.of(start.flip().toString());
    }

    /** Without a byte order mark. */
    public static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
