package io.weir.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
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
        MultiMap headers = request.headers();
        if (headers.contains("")) {
            return Optional.of("a header without a name");
        }
        List<String> hosts = headers.getAll(HttpHeaders.HOST);
        if (hosts.size() > 1 || (hosts.isEmpty() && request.version() == HttpVersion.HTTP_1_1)) {
            return Optional.of("needs exactly one Host");
        }
        if (!hosts.isEmpty() && request.authority() == null) {
            return Optional.of("a Host that is none");
        }
        if (hasBrokenEscape(request.path())) {
            return Optional.of("a broken escape in the path");
        }
        List<String> lengths = headers.getAll(HttpHeaders.CONTENT_LENGTH);
        if (headers.contains(HttpHeaders.TRANSFER_ENCODING)) {
            List<String> encodings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
            boolean chunked = encodings.size() == 1 && encodings.get(0).equalsIgnoreCase("chunked");
            return chunked && lengths.isEmpty() && request.version() == HttpVersion.HTTP_1_1
                    ? Optional.empty()
                    : Optional.of("unclear Transfer-Encoding");
        }
        boolean clear = lengths.isEmpty() || (lengths.size() == 1 && isNumber(lengths.get(0)));
        return clear ? Optional.empty() : Optional.of("unclear Content-Length");
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
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
