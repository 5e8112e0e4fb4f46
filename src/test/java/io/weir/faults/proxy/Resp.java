package io.weir.faults.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** Reads Redis's protocol, versions 2 and 3, value by value, each as the bytes that it came as. */
final class Resp {
    private final InputStream in;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    Resp(InputStream in) {
        this.in = in;
    }

    /**
     * The next whole value, however deep.
     *
     * @throws EOFException at the end
     */
    byte[] next() throws IOException {
        read.reset();
        value();
        return read.toByteArray();
    }

    /** The name of a command, in upper case. */
    static String command(byte[] request) {
        String[] lines = new String(request, StandardCharsets.UTF_8).split("\r\n", 4);
        return lines.length > 2 ? lines[2].toUpperCase(Locale.ROOT) : lines[0].toUpperCase(Locale.ROOT);
    }

    /** Whether a command gets no answer of its own: in version 3 what comes of it comes by itself. */
    static boolean isAnsweredByPushes(byte[] request) {
        return command(request).endsWith("SUBSCRIBE");
    }

    /** Whether it answers no command: it came by itself. */
    static boolean isPushed(byte[] answer) {
        return answer[0] == '>';
    }

    /** An answer to {@code TIME}, so much later; an error as it is. */
    static byte[] later(byte[] answer, Duration time) {
        String[] lines = new String(answer, StandardCharsets.UTF_8).split("\r\n", -1);
        if (!lines[0].equals("*2")) {
            return answer;
        }
        lines[2] = Long.toString(Long.parseLong(lines[2]) + time.toSeconds());
        return String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    private void value() throws IOException {
        String line = line();
        switch (line.charAt(0)) {
            case '$', '!', '=' -> bytes(length(line));
            case '*', '~', '>' -> values(length(line));
            case '%' -> values(2 * length(line));
            case '|' -> values(2 * length(line) + 1);
            default -> {}
        }
    }

    private void values(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            value();
        }
    }

    private void bytes(int length) throws IOException {
        if (length < 0) {
            return;
        }
        byte[] bytes = in.readNBytes(length + 2);
        if (bytes.length < length + 2) {
            throw new EOFException();
        }
        read.write(bytes);
    }

    private static int length(String line) {
        return Integer.parseInt(line.substring(1));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = one();
        while (next != '\r') {
            line.append((char) next);
            next = one();
        }
        one();
        return line.toString();
    }

    private int one() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException();
        }
        read.write(next);
        return next;
    }
}
