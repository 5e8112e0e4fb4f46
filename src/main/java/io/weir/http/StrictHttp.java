package io.weir.http;

import io.netty.util.AsciiString;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what RFC 9112 tells a server to refuse and Vert.x lets pass: requests whose end or host two parties could
 * understand differently, the ground of request smuggling.
 */
public final class StrictHttp {
    private static final int MAX_LENGTH_DIGITS = 18;

    private StrictHttp() {}

    /**
     * Makes a server hand on the requests that {@link #problem} is about. Vert.x by itself would answer other versions of
     * HTTP with 501; it does not look at the version once there is a handler for WebSockets, which are all refused.
     */
    public static HttpServer on(HttpServer server) {
        return server.webSocketHandshakeHandler(handshake -> handshake.reject(400));
    }

    /** Why the request must be answered 400 and its connection closed; empty when it is well-formed. */
    public static Optional<String> problem(HttpServerRequest request) {
        if (request.decoderResult().isFailure()) {
            return Optional.of("not readable HTTP");
        }
        if (request.version() != HttpVersion.HTTP_1_1 && request.version() != HttpVersion.HTTP_1_0) {
            return Optional.of("neither HTTP/1.1 nor HTTP/1.0");
        }
        int hosts = 0;
        int lengths = 0;
        int nameless = 0;
        for (Iterator<Map.Entry<CharSequence, CharSequence>> fields = fields(request); fields.hasNext(); ) {
            CharSequence name = fields.next().getKey();
            hosts += AsciiString.contentEqualsIgnoreCase(name, HttpHeaders.HOST) ? 1 : 0;
            lengths += AsciiString.contentEqualsIgnoreCase(name, HttpHeaders.CONTENT_LENGTH) ? 1 : 0;
            nameless += name.length() == 0 ? 1 : 0;
        }
        if (nameless > 0) {
            return Optional.of("a header without a name");
        }
        if (hosts > 1 || (hosts == 0 && request.version() == HttpVersion.HTTP_1_1)) {
            return Optional.of("needs exactly one Host");
        }
        if (hosts > 0 && request.authority() == null) {
            return Optional.of("an invalid Host");
        }
        if (hasBrokenEscape(request.path())) {
            return Optional.of("a broken escape in the path");
        }
        return lengthProblem(request, lengths);
    }

    private static Optional<String> lengthProblem(HttpServerRequest request, int lengths) {
        if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            List<String> encodings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
            boolean chunked = encodings.size() == 1 && encodings.get(0).equalsIgnoreCase("chunked");
            return chunked && lengths == 0 && request.version() == HttpVersion.HTTP_1_1
                    ? Optional.empty()
                    : Optional.of("unclear Transfer-Encoding");
        }
        boolean clear = lengths == 0 || (lengths == 1 && isNumber(request.getHeader(HttpHeaders.CONTENT_LENGTH)));
        return clear ? Optional.empty() : Optional.of("unclear Content-Length");
    }

    /** In one pass and without copies: the headers of HTTP/1 are Netty's, too. */
    private static Iterator<Map.Entry<CharSequence, CharSequence>> fields(HttpServerRequest request) {
        return ((io.netty.handler.codec.http.HttpHeaders) request.headers()).iteratorCharSequence();
    }

    private static boolean hasBrokenEscape(@Nullable String path) {
        if (path == null) {
            return false;
        }
        for (int i = path.indexOf('%'); i >= 0; i = path.indexOf('%', i + 1)) {
            if (i + 2 >= path.length()
                    || Character.digit(path.charAt(i + 1), 16) < 0
                    || Character.digit(path.charAt(i + 2), 16) < 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNumber(String text) {
        boolean number = !text.isEmpty() && text.length() <= MAX_LENGTH_DIGITS;
        for (int i = 0; number && i < text.length(); i++) {
            number = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return number;
    }
}
