package io.weir.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves the console's pages from the jar: the files of its folder {@code console}, each read once, and nothing else. Open to
 * everybody: they hold nothing.
 */
final class ConsoleFiles {
    private static final String FOLDER = "/console/";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+\\.([a-z]+)");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, Buffer> read = new ConcurrentHashMap<>();

    void serve(Router router) {
        router.get("/")
                .handler(context -> context.response()
                        .setStatusCode(302)
                        .putHeader(HttpHeaders.LOCATION, FOLDER)
                        .end());
        router.get(FOLDER + "*").handler(this::answer);
    }

    /** What is not there goes on to the answer that every unknown path has. */
    private void answer(RoutingContext context) {
        String path = String.valueOf(context.request().path());
        String asked = path.startsWith(FOLDER) ? path.substring(FOLDER.length()) : "?";
        String name = asked.isEmpty() ? "index.html" : asked;
        Matcher parts = NAME.matcher(name);
        Optional<String> type = parts.matches() ? Optional.ofNullable(TYPES.get(parts.group(1))) : Optional.empty();
        Optional<Buffer> content = type.isPresent() ? content(name) : Optional.empty();
        if (content.isEmpty()) {
            context.next();
            return;
        }
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, type.orElseThrow())
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .end(content.get());
    }

    /** Names of what is not there are not remembered: there is no end of them. */
    private Optional<Buffer> content(String name) {
        return Optional.ofNullable(read.computeIfAbsent(name, ConsoleFiles::fromJar));
    }

    private static @Nullable Buffer fromJar(String name) {
        try (InputStream file = ConsoleFiles.class.getResourceAsStream("console/" + name)) {
            return file == null ? null : Buffer.buffer(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
