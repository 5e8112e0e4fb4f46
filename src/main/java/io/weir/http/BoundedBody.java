package io.weir.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.IntConsumer;

/**
 * Reads a request's body up to a limit, as raw bytes whatever the content type says (Vert.x Web's BodyHandler would
 * decode what curl sends as a form).
 *
 * <p>The memory that it takes follows what has arrived, not what Content-Length announces. A larger body is answered 413
 * at the first byte too many, or at once when Content-Length announces it, and the connection is closed; a body that is not
 * readable HTTP is answered 400.
 */
public final class BoundedBody {
    private final HttpServerRequest request;
    private final int maxBytes;
    private final Handler<Buffer> whole;
    private final IntConsumer refusal;
    private Buffer body = Buffer.buffer();
    private int chunks;
    private boolean refused;

    private BoundedBody(HttpServerRequest request, int maxBytes, Handler<Buffer> whole, IntConsumer refusal) {
        this.request = request;
        this.maxBytes = maxBytes;
        this.whole = whole;
        this.refusal = refusal;
    }

    /** Reads the body and hands it on; {@code whole} is not called when it is too large or never arrives. */
    public static void read(Vertx vertx, HttpServerRequest request, int maxBytes, Handler<Buffer> whole) {
        read(request, maxBytes, whole, status -> EarlyAnswer.end(vertx, request, status));
    }

    /**
     * The same with refusals in the caller's words.
     *
     * @param refusal is told the status, 413 or 400, to answer with; the rest of the body is not waited for
     */
    public static void read(HttpServerRequest request, int maxBytes, Handler<Buffer> whole, IntConsumer refusal) {
        BoundedBody reading = new BoundedBody(request, maxBytes, whole, refusal);
        request.handler(reading::chunk);
        request.endHandler(end -> reading.end());
        request.exceptionHandler(broken -> refusal.accept(400));
        if (reading.announced() > maxBytes) {
            reading.refuse();
        } else if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
    }

    private long announced() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private void chunk(Buffer chunk) {
        if (refused) {
            return;
        }
        if (body.length() + chunk.length() > maxBytes) {
            refuse();
        } else if (chunks++ == 0) {
            body = chunk;
        } else {
            body = chunks == 2 ? Buffer.buffer().appendBuffer(body).appendBuffer(chunk) : body.appendBuffer(chunk);
        }
    }

    private void end() {
        if (!refused) {
            whole.handle(body);
        }
    }

    private void refuse() {
        refused = true;
        body = Buffer.buffer();
        refusal.accept(413);
    }
}
