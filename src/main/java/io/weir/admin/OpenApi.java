package io.weir.admin;

import io.vertx.core.Future;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Answers the description of the admin port: {@code openapi.json} beside this class, read once. */
final class OpenApi {
    private static final String DOCUMENT = read();

    private OpenApi() {}

    static Future<ApiAnswer> document(ApiRequest request) {
        return Future.succeededFuture(ApiAnswer.json(DOCUMENT));
    }

    private static String read() {
        try (InputStream file = OpenApi.class.getResourceAsStream("openapi.json")) {
            byte[] bytes = Objects.requireNonNull(file, "openapi.json is missing in the jar")
                    .readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
