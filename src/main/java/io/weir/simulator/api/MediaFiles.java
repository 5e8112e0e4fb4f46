package io.weir.simulator.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.weir.http.EarlyAnswer;
import io.weir.simulator.api.ApiCall.CallAnswer;
import io.weir.simulator.platform.Platform;
import io.weir.simulator.platform.StoredMaterial;
import io.weir.simulator.platform.StoredMaterial.Article;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@code /media/{id}} shows: the links of the API's answers lead there. Without a token, as WeChat's do. The same media
 * id in several accounts, which only the samples have, shows the one of the first.
 */
public final class MediaFiles {
    private final Platform platform;

    public MediaFiles(Platform platform) {
        this.platform = platform;
    }

    /** Takes what comes under {@code /media/} on a router. */
    public void mount(Router router) {
        router.get("/media/:id")
                .handler(context -> file(context.pathParam("id"))
                        .ifPresentOrElse(
                                file -> context.response()
                                        .putHeader(HttpHeaders.CONTENT_TYPE, file.contentType())
                                        .putHeader("X-Content-Type-Options", "nosniff")
                                        .putHeader("Content-Security-Policy", "default-src 'none'")
                                        .end(file.body()),
                                () -> EarlyAnswer.end(context.vertx(), context.request(), 404)));
    }

    /** The file, for news a plain page; empty when no account has this media id. Any thread. */
    public Optional<CallAnswer.Bytes> file(String mediaId) {
        return platform.exclusively(() -> platform.accounts().stream()
                .flatMap(account -> account.materials().find(mediaId).stream())
                .findFirst()
                .map(material -> bytes(mediaId, material)));
    }

    private static CallAnswer.Bytes bytes(String mediaId, StoredMaterial material) {
        return material instanceof StoredMaterial.News news
                ? page(mediaId, news)
                : bytes(mediaId, (StoredMaterial.File) material);
    }

    /** A file under a name that a caller cannot choose: the uploader's may have anything in it. */
    static CallAnswer.Bytes bytes(String mediaId, StoredMaterial.File file) {
        return new CallAnswer.Bytes(file.contentType(), mediaId + file.extension(), file.bytes());
    }

    private static CallAnswer.Bytes page(String mediaId, StoredMaterial.News news) {
        String articles = news.articles().stream().map(MediaFiles::section).collect(Collectors.joining());
        String page = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>"
                + escaped(
                        news.articles().isEmpty() ? "" : news.articles().get(0).title())
                + "</title></head><body>" + articles + "</body></html>";
        return new CallAnswer.Bytes("text/html; charset=utf-8", mediaId + ".html", Buffer.buffer(page));
    }

    private static String section(Article article) {
        return "<h1>" + escaped(article.title()) + "</h1><p>" + escaped(article.author()) + "</p><p>"
                + escaped(article.content()) + "</p>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
