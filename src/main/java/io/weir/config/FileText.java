package io.weir.config;

import io.weir.config.Problem.Severity;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The text of a file, which must be UTF-8: another encoding would reach users as broken characters. */
public final class FileText {
    private FileText() {}

    /**
     * Decodes a file.
     *
     * @param file how problems name it
     * @return its text; empty, with a problem that names the line, when it is not UTF-8
     */
    public static Optional<String> decode(String file, byte[] bytes, Problems problems) {
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
