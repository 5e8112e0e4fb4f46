package io.weir.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection on which a test sends exactly the bytes it wants, and sees exactly what comes back. */
public final class RawHttp implements AutoCloseable {
    private static final int LIMIT_MILLIS = 10_000;
    private static final int SHORT_MILLIS = 20;

    private final Socket socket;

    public RawHttp(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(LIMIT_MILLIS);
    }

    public RawHttp send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    public RawHttp send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Says that nothing more will be sent, but goes on listening. */
    public RawHttp endOfInput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** One response: its head and as much body as its Content-Length says. */
    public String response() throws IOException {
        String head = until("\r\n\r\n");
        int length = head.toLowerCase(Locale.ROOT)
                .lines()
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return head + new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    /** All that comes until the server closes the connection. */
    public String untilClosed() throws IOException {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(seen);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("still open after " + LIMIT_MILLIS + " ms, having sent: " + seen, e);
        } catch (SocketException reset) {
            // Closed all the same.
        }
        return seen.toString(StandardCharsets.UTF_8);
    }

    /** Whether the server has closed the connection without a word; waits a moment to see it. */
    public boolean isClosedByServer() {
        try {
            socket.setSoTimeout(SHORT_MILLIS);
            int next = socket.getInputStream().read();
            socket.setSoTimeout(LIMIT_MILLIS);
            return next < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private String until(String end) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        while (!seen.toString(StandardCharsets.UTF_8).endsWith(end)) {
            int next = in.read();
            if (next < 0) {
                return seen + "<closed>";
            }
            seen.write(next);
        }
        return seen.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
