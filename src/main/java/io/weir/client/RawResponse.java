package io.weir.client;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * What came over HTTP, whatever it is. Prints without its body.
 *
 * @param contentType in lower case, as it was sent; empty where there was none
 * @param disposition header Content-Disposition
 * @param date when the sender says it is
 * @param body all that came; of an answer that is handed on as it comes, its beginning
 * @param rest what follows that beginning, paused: whoever reads or resets it
 */
public record RawResponse(
        int status,
        String contentType,
        Optional<String> disposition,
        Optional<Instant> date,
        Buffer body,
        Optional<HttpClientResponse> rest) {
    static RawResponse of(HttpClientResponse response, Buffer body, Optional<HttpClientResponse> rest) {
        return new RawResponse(
                response.statusCode(),
                header(response, HttpHeaders.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT),
                header(response, "Content-Disposition"),
                header(response, HttpHeaders.DATE).flatMap(RawResponse::instant),
                body,
                rest);
    }

    /** Whether an answer that begins so is surely no JSON object, blanks and a byte order mark before it included. */
    static boolean isFile(byte first) {
        return first != '{' && first != (byte) 0xEF && !Character.isWhitespace(first);
    }

    /** The same with another body. */
    RawResponse with(Buffer other) {
        return new RawResponse(status, contentType, disposition, date, other, rest);
    }

    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.length() + " bytes";
    }

    private static Optional<String> header(HttpClientResponse response, CharSequence name) {
        return Optional.ofNullable(response.getHeader(name));
    }

    private static Optional<Instant> instant(String date) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /**
     * A file that WeChat has sent. Prints without its bytes.
     *
     * @param contentType as WeChat named it, in lower case
     * @param fileName where WeChat gave one
     */
    public record Media(Buffer bytes, String contentType, Optional<String> fileName) {
        @Override
        public String toString() {
            return bytes.length() + " bytes of " + contentType;
        }
    }
}
