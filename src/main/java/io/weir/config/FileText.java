package io.weir.config;

import io.weir.config.Problem.Severity;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
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
