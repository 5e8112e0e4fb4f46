package io.weir.menu;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The way of calls to the simulated WeChat: sees each, and lets tests act before and after it. Where no answer comes, none is given. */
public final class RecordedCalls {
    private final Vertx vertx;
    private final URI wechat;
    private final HttpClient client;
    private final HttpServer server;
    private final List<Sent> calls = new CopyOnWriteArrayList<>();
    private volatile Consumer<Sent> before = call -> {};
    private volatile Consumer<Sent> after = call -> {};

    /** A call; the first has number 1. */
    public record Sent(int number, String path, String body) {
        public boolean changes() {
            return !path.endsWith("/get") && !path.endsWith("/get_current_selfmenu_info");
        }
    }

    public RecordedCalls(Vertx vertx, URI wechat) {
        this.vertx = vertx;
        this.wechat = wechat;
        this.client = vertx.createHttpClient();
        this.server = MenuShop.join(
                vertx.createHttpServer().requestHandler(this::forward).listen(0, "127.0.0.1"));
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    public List<Sent> calls() {
        return List.copyOf(calls);
    }

    /** Forgets what was sent, and lets nobody act any more. */
    public void clear() {
        calls.clear();
        before = call -> {};
        after = call -> {};
    }

    public void before(Consumer<Sent> action) {
        before = action;
    }

    public void after(Consumer<Sent> action) {
        after = action;
    }

    private void forward(HttpServerRequest request) {
        request.body()
                .compose(body -> {
                    Sent call = new Sent(calls.size() + 1, request.path(), body.toString(StandardCharsets.UTF_8));
                    calls.add(call);
                    return acting(before, call)
                            .compose(ready -> ask(request, body))
                            .eventually(() -> acting(after, call));
                })
                .onSuccess(answer -> request.response().end(answer))
                .onFailure(cut -> request.connection().close());
    }

    /** Not on the event loop: actions may wait. */
    private Future<Void> acting(Consumer<Sent> action, Sent call) {
        return vertx.executeBlocking(
                () -> {
                    action.accept(call);
                    return null;
                },
                false);
    }

    private Future<Buffer> ask(HttpServerRequest request, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setAbsoluteURI(wechat.resolve(request.uri()).toString());
        if (request.getHeader("content-type") != null) {
            options.putHeader("content-type", request.getHeader("content-type"));
        }
        return client.request(options).compose(asked -> asked.send(body)).compose(answer -> {
            request.response().setStatusCode(answer.statusCode());
            return answer.body();
        });
    }
}
