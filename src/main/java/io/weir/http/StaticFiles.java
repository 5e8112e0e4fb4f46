package io.weir.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a web page that are inside the jar, each read once: those of the page's own folder and, where it has none of that
 * name, those that all pages share ({@code io/weir/http/page}) and the library for charts; and nothing else. A browser that shows them
 * runs no script but theirs, loads nothing from elsewhere, and lets no other page frame them.
 */
public final class StaticFiles {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+\\.([a-z]+)");
    private static final int TAG_DIGITS = 16;
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /** Those of libraries, as the class path has them; the version is that of pom.xml. */
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

    private static final Map<String, String> LIBRARIES =
            Map.of("uplot.js", UPLOT + "dist/uPlot.iife.min.js", "uplot.css", UPLOT + "dist/uPlot.min.css");

    private final Class<?> beside;
    private final String folder;
    private final Map<String, StaticFile> read = new ConcurrentHashMap<>();

    /**
     * Those of one page.
     *
     * @param beside a class in whose package's folder of the class path the page's own folder is
     * @param folder its name with a slash behind it; empty for the package's folder itself
     */
    public StaticFiles(Class<?> beside, String folder) {
        this.beside = beside;
        this.folder = folder;
    }

    /**
     * Serves them under a path that ends with a slash; the path itself is {@code index.html}. {@code /} and the path without its slash
     * redirect to it.
     */
    public void mount(Router router, String path) {
        String bare = path.substring(0, path.length() - 1);
        route(router, "/").handler(context -> redirect(context, path));
        route(router, bare).handler(context -> {
            if (bare.equals(context.request().path())) {
                redirect(context, path);
            } else {
                context.next();
            }
        });
        route(router, path + "*").handler(context -> answer(context, path));
    }

    private static Route route(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private static void redirect(RoutingContext context, String path) {
        context.response()
                .setStatusCode(302)
                .putHeader(HttpHeaders.LOCATION, path)
                .end();
    }

    /** What is not there goes on to the answer that every unknown path has. */
    private void answer(RoutingContext context, String path) {
        String asked = String.valueOf(context.request().path());
        Optional<StaticFile> file = asked.startsWith(path) ? file(asked.substring(path.length())) : Optional.empty();
        file.ifPresentOrElse(found -> found.send(context), context::next);
    }

    /** Names of what is not there are not remembered: there is no end of them. */
    private Optional<StaticFile> file(String asked) {
        String name = asked.isEmpty() ? "index.html" : asked;
        Matcher parts = NAME.matcher(name);
        return Optional.ofNullable(parts.matches() ? TYPES.get(parts.group(1)) : null)
                .flatMap(type -> Optional.ofNullable(read.computeIfAbsent(name, any -> read(type, name))));
    }

    private @Nullable StaticFile read(String type, String name) {
        StaticFile own = StaticFile.read(type, beside.getResourceAsStream(folder + name));
        String shared = LIBRARIES.getOrDefault(name, "page/" + name);
        return own == null ? StaticFile.read(type, StaticFiles.class.getResourceAsStream(shared)) : own;
    }

    /** @param packed the body as gzip has it; the body itself where that is no shorter */
    private record StaticFile(String type, String tag, Buffer body, Buffer packed) {
        private static final Pattern TAKES_GZIP = Pattern.compile("(?i)\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))");

        static @Nullable StaticFile read(String type, @Nullable InputStream opened) {
            try (InputStream file = opened) {
                if (file == null) {
                    return null;
                }
                byte[] bytes = file.readAllBytes();
                byte[] packed = gzip(bytes);
                Buffer body = Buffer.buffer(bytes);
                return new StaticFile(
                        type, digest(bytes), body, packed.length < bytes.length ? Buffer.buffer(packed) : body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void send(RoutingContext context) {
            HttpServerRequest request = context.request();
            String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
            boolean gzip = packed != body
                    && accepted != null
                    && TAKES_GZIP.matcher(accepted).find();
            String entity = '"' + tag + (gzip ? "-gzip" : "") + '"';
            HttpServerResponse response = context.response()
                    .putHeader(HttpHeaders.ETAG, entity)
                    .putHeader(HttpHeaders.VARY, "Accept-Encoding")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("Content-Security-Policy", POLICY)
                    .putHeader("Referrer-Policy", "no-referrer")
                    .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                    .putHeader("Cross-Origin-Resource-Policy", "same-origin");
            if (entity.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
                response.setStatusCode(304).end();
                return;
            }
            response.putHeader(HttpHeaders.CONTENT_TYPE, type);
            if (gzip) {
                response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
            }
            send(request, response, gzip ? packed : body);
        }

        private static void send(HttpServerRequest request, HttpServerResponse response, Buffer bytes) {
            if (request.method().equals(HttpMethod.HEAD)) {
                response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length()))
                        .end();
            } else {
                response.end(bytes);
            }
        }

        private static byte[] gzip(byte[] bytes) throws IOException {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(bytes);
            }
            return packed.toByteArray();
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
