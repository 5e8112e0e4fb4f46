package io.weir.simulator.push;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.weir.simulator.push.AnswerXml.FaultException;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;

/** A real server that keeps what it gets and answers push number so-and-so, from 1 on, as told. */
final class RecordingGateway {
    final URI url;
    private final BlockingQueue<ReceivedPush> received = new LinkedBlockingQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    RecordingGateway(Vertx vertx, ObjIntConsumer<HttpServerResponse> answer) {
        url = Gateways.await(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> take(request, body, answer)))
                .listen(0, "127.0.0.1")
                .map(server -> URI.create("http://127.0.0.1:" + server.actualPort() + "/wx/dev")));
    }

    static RecordingGateway silent(Vertx vertx) {
        return new RecordingGateway(vertx, (response, number) -> {});
    }

    static RecordingGateway successful(Vertx vertx) {
        return new RecordingGateway(vertx, (response, number) -> response.end("success"));
    }

    private void take(HttpServerRequest request, Buffer body, ObjIntConsumer<HttpServerResponse> answer) {
        int number = count.incrementAndGet();
        received.add(new ReceivedPush(
                body.toString(),
                request.getParam("timestamp"),
                request.getParam("nonce"),
                request.getParam("signature")));
        answer.accept(request.response(), number);
    }

    /** The next push that came; waits for it. */
    ReceivedPush next() {
        try {
            ReceivedPush next = received.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no push came");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** How many have come so far. */
    int count() {
        return count.get();
    }

    record ReceivedPush(String body, String timestamp, String nonce, String signature) {
        String encrypt() {
            return element("Encrypt");
        }

        String element(String name) {
            try {
                return Element.value(AnswerXml.parse(body), name).orElseThrow();
            } catch (FaultException e) {
                throw new AssertionError(e);
            }
        }
    }
}
