package io.weir.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The files of a web page that are inside the jar, served from memory: those that are listed and no others. A browser that
 * shows them runs no script but theirs, loads nothing from elsewhere, and lets no other page frame them.
 */
public final class StaticFiles {
    private static final String INDEX = "index.html";
    private static final int TAG_DIGITS = 16;
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png");

    private final Map<String, StaticFile> files = new LinkedHashMap<>();

    /**
     * Reads them.
     *
     * @param beside a class in whose package's folder of the class path they are
     * @param names {@code index.html} among them
     * @throws IllegalArgumentException when one is not there, or nothing is known of its type
     */
    public StaticFiles(Class<?> beside, List<String> names) {
        names.forEach(name -> files.put(name, StaticFile.read(beside, name)));
    }

    /** Serves them under a path that ends with a slash; the path itself is {@code index.html}. */
    public void mount(Router router, String path) {
        files.forEach((name, file) -> serve(router, path + name, file));
        serve(router, path, Objects.requireNonNull(files.get(INDEX), "a page needs " + INDEX));
        router.get(path.substring(0, path.length() - 1))
                .handler(context -> context.response()
                        .setStatusCode(302)
                        .putHeader(HttpHeaders.LOCATION, path)
                        .end());
    }

    /** Vert.x takes a path with a slash at its end for the same as the one without. */
    private static void serve(Router router, String path, StaticFile file) {
        router.get(path).handler(context -> {
            if (context.request().path().equals(path)) {
                file.send(context);
            } else {
                context.next();
            }
        });
    }

    private record StaticFile(String type, String tag, Buffer body) {
        static StaticFile read(Class<?> beside, String name) {
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            try (InputStream file = beside.getResourceAsStream(name)) {
                if (file == null || type == null) {
                    throw new IllegalArgumentException("no file, or none of a known type: " + name);
                }
                byte[] bytes = file.readAllBytes();
                return new StaticFile(type, '"' + digest(bytes) + '"', Buffer.buffer(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void send(RoutingContext context) {
            HttpServerResponse response = context.response()
                    .putHeader(HttpHeaders.ETAG, tag)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("Content-Security-Policy", POLICY)
                    .putHeader("Referrer-Policy", "no-referrer")
                    .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                    .putHeader("Cross-Origin-Resource-Policy", "same-origin");
            if (tag.equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
                response.setStatusCode(304).end();
            } else {
                response.putHeader(HttpHeaders.CONTENT_TYPE, type).end(body);
            }
        }

        private static String digest(byte[] bytes) {
            try {
                byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
                return HexFormat.of().formatHex(sum).substring(0, TAG_DIGITS);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }
}
