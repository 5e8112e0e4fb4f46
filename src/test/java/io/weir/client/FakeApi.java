package io.weir.client;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** An HTTP server that answers with what it was told to, one answer after another, the last one for ever. */
public final class FakeApi {
    private final Queue<Consumer<HttpServerRequest>> answers = new ConcurrentLinkedQueue<>();
    private final List<ReceivedRequest> received = new CopyOnWriteArrayList<>();
    private final int port;

    public FakeApi(Vertx vertx) throws Exception {
        port = Futures.get(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"))
                .actualPort();
    }

    /** What came in. */
    public record ReceivedRequest(
            String method, String path, String query, String contentType, String traceparent, String body) {}

    public FakeApi answering(String... bodies) {
        for (String body : bodies) {
            then(request -> json(request, body));
        }
        return this;
    }

    public FakeApi then(Consumer<HttpServerRequest> answer) {
        answers.add(answer);
        return this;
    }

    public static void json(HttpServerRequest request, String body) {
        request.response().putHeader("Content-Type", "text/plain").end(body);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public List<ReceivedRequest> received() {
        return received;
    }

    public ReceivedRequest only() {
        if (received.size() != 1) {
            throw new AssertionError("expected one request, got " + received.size());
        }
        return received.get(0);
    }

    public ReceivedRequest last() {
        return received.get(received.size() - 1);
    }

    private void answer(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            received.add(new ReceivedRequest(
                    request.method().name(),
                    request.path(),
                    String.valueOf(request.query()),
                    String.valueOf(request.getHeader("Content-Type")),
                    String.valueOf(request.getHeader("traceparent")),
                    body.toString(StandardCharsets.UTF_8)));
            Consumer<HttpServerRequest> next = answers.size() > 1 ? answers.poll() : answers.peek();
            if (next != null) {
                next.accept(request);
            }
        });
    }

    /** Bytes with a content type. */
    public static Consumer<HttpServerRequest> bytes(int status, String contentType, Buffer bytes) {
        return request -> {
            HttpServerResponse response = request.response().setStatusCode(status);
            response.putHeader("Content-Type", contentType).end(bytes);
        };
    }
}
