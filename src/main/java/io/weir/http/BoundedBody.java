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
import java.util.ArrayList;
import java.util.List;
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
    /** Smaller pieces are put together: each takes some hundred bytes besides. */
    private static final int PIECE_BYTES = 4_096;

    private final HttpServerRequest request;
    private final int maxBytes;
    private final Handler<Buffer> whole;
    private final IntConsumer refusal;
    /** In the order of the body. Not one buffer, which would be copied, and take more than has arrived, each time it grows. */
    private final List<Buffer> pieces = new ArrayList<>(1);

    private int bytes;
    /** Whether the last piece is a copy, which may grow. */
    private boolean growing;

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
        bytes += chunk.length();
        if (bytes > maxBytes) {
            refuse();
        } else if (pieces.isEmpty() || last().length() + chunk.length() > PIECE_BYTES) {
            pieces.add(chunk);
            growing = false;
        } else if (growing) {
            last().appendBuffer(chunk);
        } else {
            pieces.set(pieces.size() - 1, Buffer.buffer().appendBuffer(last()).appendBuffer(chunk));
            growing = true;
        }
    }

    private Buffer last() {
        return pieces.get(pieces.size() - 1);
    }

    private void end() {
        if (!refused) {
            whole.handle(body());
        }
    }

    private Buffer body() {
        if (pieces.size() == 1) {
            return pieces.get(0);
        }
        Buffer body = Buffer.buffer(bytes);
        pieces.forEach(body::appendBuffer);
        return body;
    }

    private void refuse() {
        refused = true;
        pieces.clear();
        refusal.accept(413);
    }
}
