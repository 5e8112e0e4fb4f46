package io.weir.menu.file;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.weir.client.RawResponse.Media;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Fetches one file from the web, of a bounded size also while it comes. */
final class WebFile {
    private final int maxBytes;
    private final Buffer bytes = Buffer.buffer();
    private final Promise<Media> whole = Promise.promise();

    private WebFile(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Fails with an exception whose message says what came instead.
     *
     * @param link http or https; redirections are followed
     * @param limit for all of it
     */
    static Future<Media> fetch(Vertx vertx, String link, int maxBytes, Duration limit) {
        Promise<Media> fetched = Promise.promise();
        vertx.runOnContext(start -> {
            HttpClient client = vertx.createHttpClient();
            Future.succeededFuture(link)
                    .compose(url -> client.request(request(url)))
                    .compose(HttpClientRequest::send)
                    .compose(response -> new WebFile(maxBytes).read(response))
                    .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .eventually(client::close)
                    .onComplete(fetched);
        });
        return fetched.future();
    }

    private static RequestOptions request(String link) {
        if (!link.matches("(?i)https?://.+")) {
            throw new IllegalArgumentException("it is no link of the web: " + link);
        }
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(link)
                .setFollowRedirects(true);
    }

    private Future<Media> read(HttpClientResponse response) {
        String type = Optional.ofNullable(response.getHeader("Content-Type")).orElse("");
        if (response.statusCode() != 200) {
            return refuse(response, "the answer was " + response.statusCode());
        }
        response.handler(chunk -> add(response, chunk));
        response.exceptionHandler(whole::tryFail);
        response.endHandler(end -> finish(type));
        return whole.future();
    }

    private void add(HttpClientResponse response, Buffer chunk) {
        if (bytes.length() + chunk.length() > maxBytes) {
            refuse(response, "it has more than " + maxBytes + " bytes");
        } else {
            bytes.appendBuffer(chunk);
        }
    }

    private void finish(String type) {
        if (bytes.length() == 0) {
            whole.tryFail("it is empty");
        } else {
            whole.tryComplete(
                    new Media(bytes, type.replaceFirst("\\s*;.*", "").toLowerCase(Locale.ROOT), Optional.empty()));
        }
    }

    private Future<Media> refuse(HttpClientResponse response, String why) {
        whole.tryFail(why);
        response.request().reset();
        return whole.future();
    }
}
