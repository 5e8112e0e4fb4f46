package io.weir.client;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.client.HttpResponse;
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
 */
public record RawResponse(
        int status, String contentType, Optional<String> disposition, Optional<Instant> date, Buffer body) {
    static RawResponse of(HttpResponse<Buffer> response) {
        return new RawResponse(
                response.statusCode(),
                header(response, HttpHeaders.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT),
                header(response, "Content-Disposition"),
                header(response, HttpHeaders.DATE).flatMap(RawResponse::instant),
                response.body());
    }

    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.length() + " bytes";
    }

    private static Optional<String> header(HttpResponse<Buffer> response, CharSequence name) {
        return Optional.ofNullable(response.headers().get(name));
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
