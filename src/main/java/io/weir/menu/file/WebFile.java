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
import io.weir.http.AddressRange;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Fetches one file of WeChat's from the web, of a bounded size also while it comes. Asks nobody else, however the link reads or
 * whatever it redirects to: neither another host nor, where WeChat's API itself is public, one that is not on the public internet.
 */
final class WebFile {
    /**
     * Domains of the links that WeChat's manual shows in answers of the API: videos of get_current_selfmenu_info and get_material
     * are of {@code vweixinp.tc.qq.com}, pictures of {@code mmbiz.qpic.cn}.
     */
    private static final List<String> WECHAT = List.of("qq.com", "qpic.cn");

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 3;

    private final HttpClient client;
    private final URI api;
    private final int maxBytes;
    private final Buffer bytes = Buffer.buffer();
    private final Promise<Media> whole = Promise.promise();
    private int redirects;

    private WebFile(HttpClient client, URI api, int maxBytes) {
        this.client = client;
        this.api = api;
        this.maxBytes = maxBytes;
    }

    /**
     * Fails with an exception whose message says what came instead; it does not show the link, whose query lets whoever has it
     * fetch the file.
     *
     * @param link http or https
     * @param api where WeChat's API is configured to be: a simulated WeChat serves files, too
     * @param limit for all of it
     */
    static Future<Media> fetch(Vertx vertx, String link, URI api, int maxBytes, Duration limit) {
        Promise<Media> fetched = Promise.promise();
        vertx.runOnContext(start -> {
            HttpClient client = vertx.createHttpClient();
            Future.succeededFuture(link)
                    .compose(url -> new WebFile(client, api, maxBytes).get(uri(url)))
                    .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .eventually(client::close)
                    .onComplete(fetched);
        });
        return fetched.future();
    }

    private static URI uri(String link) {
        try {
            URI uri = new URI(link);
            if (uri.getHost() != null && link.matches("(?is)https?://.+")) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Its message quotes the link.
        }
        throw new IllegalArgumentException("what WeChat names is no link of the web");
    }

    private Future<Media> get(URI link) {
        if (!isApi(link) && !isWeChats(link)) {
            throw new IllegalArgumentException("its link leads to " + link.getHost() + ", which is not WeChat's ("
                    + String.join(", ", WECHAT) + "): fetch it with a browser if you trust it");
        }
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(link.toString())
                .setFollowRedirects(false);
        return client.request(options)
                .compose(request -> send(request, link))
                .compose(response -> received(response, link));
    }

    private boolean isApi(URI link) {
        return link.getHost().equalsIgnoreCase(api.getHost()) && link.getPort() == api.getPort();
    }

    /** WeChat's own links may name a cache by its address, and behind that the host whose file it has. */
    static boolean isWeChats(URI link) {
        String host = link.getHost().toLowerCase(Locale.ROOT);
        String[] path = String.valueOf(link.getRawPath()).split("/", 3);
        return isOfWeChat(host) || (AddressRange.isAddress(host) && path.length == 3 && isOfWeChat(path[1]));
    }

    private static boolean isOfWeChat(String host) {
        return WECHAT.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
    }

    /** Connected already, so that the name cannot mean another address any more. */
    private Future<HttpClientResponse> send(HttpClientRequest request, URI link) {
        String address = String.valueOf(request.connection().remoteAddress().hostAddress());
        if (!isApi(link) && AddressRange.isSpecial(address)) {
            request.reset();
            throw new IllegalArgumentException("its link leads to " + link.getHost() + " at " + address
                    + ", which is not on the public internet: look at this machine's DNS");
        }
        return request.send();
    }

    private Future<Media> received(HttpClientResponse response, URI link) {
        String location = response.getHeader("Location");
        if (location == null || !REDIRECTS.contains(response.statusCode())) {
            return read(response);
        }
        redirects++;
        return redirects > MOST_REDIRECTS
                ? refuse(response, "its link redirects more than " + MOST_REDIRECTS + " times")
                : get(uri(link.resolve(location).toString()));
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
