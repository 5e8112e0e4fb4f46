package io.weir.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

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
    private @Nullable Buffer body;
    private boolean joined;
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

    /** The bytes of a body, which nobody may change: those of the buffer itself where it has no others. */
    public static byte[] bytes(Buffer body) {
        ByteBuf held = ((BufferInternal) body).unwrap();
        boolean whole = held.hasArray() && held.arrayOffset() == 0 && held.array().length == body.length();
        return whole ? held.array() : body.getBytes();
    }

    /** A text in UTF-8, copied once. */
    public static Buffer buffer(String text) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)));
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
        Buffer before = body;
        if ((before == null ? 0 : before.length()) + chunk.length() > maxBytes) {
            refuse();
        } else if (before == null) {
            body = chunk;
        } else {
            body = (joined ? before : Buffer.buffer().appendBuffer(before)).appendBuffer(chunk);
            joined = true;
        }
    }

    private void end() {
        if (!refused) {
            whole.handle(body == null ? Buffer.buffer() : body);
        }
    }

    private void refuse() {
        refused = true;
        body = null;
        refusal.accept(413);
    }
}
