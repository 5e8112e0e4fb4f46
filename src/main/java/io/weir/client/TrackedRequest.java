package io.weir.client;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import org.jspecify.annotations.Nullable;

/**
 * What the Web Client does not tell about a request by itself: whether it has been sent, and how to end it when it takes
 * too long or its answer gets too large. Gathers the answer's body. Any thread.
 */
final class TrackedRequest implements BodyCodec<Buffer>, BodyStream<Buffer> {
    private final int maxBytes;
    private final Buffer body = Buffer.buffer();
    private final Promise<Buffer> whole = Promise.promise();
    private @Nullable HttpClientRequest request;
    private boolean cut;
    private boolean tooLarge;

    TrackedRequest(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * There is a connection, and the request is about to be sent.
     *
     * @return whether to send it; not when it has been cut off while it waited
     */
    synchronized boolean begin(HttpClientRequest sending) {
        if (cut) {
            sending.reset();
            return false;
        }
        request = sending;
        return true;
    }

    /** Whether something of it may have reached WeChat. */
    synchronized boolean isSent() {
        return request != null;
    }

    synchronized boolean isTooLarge() {
        return tooLarge;
    }

    /** Ends it, and with it the connection: whoever answers so slowly gets no second request on it. */
    synchronized void cut() {
        cut = true;
        if (request != null) {
            request.reset();
        }
    }

    @Override
    public BodyStream<Buffer> stream() {
        return this;
    }

    @Override
    public Future<Buffer> result() {
        return whole.future();
    }

    @Override
    public void handle(Throwable failure) {
        whole.tryFail(failure);
    }

    @Override
    public synchronized Future<Void> write(Buffer chunk) {
        if (!tooLarge && body.length() + chunk.length() > maxBytes) {
            tooLarge = true;
            cut();
        }
        if (!tooLarge) {
            body.appendBuffer(chunk);
        }
        return Future.succeededFuture();
    }

    @Override
    public synchronized Future<Void> end() {
        whole.tryComplete(body);
        return Future.succeededFuture();
    }

    @Override
    public TrackedRequest exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public TrackedRequest setWriteQueueMaxSize(int maxSize) {
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        return false;
    }

    @Override
    public TrackedRequest drainHandler(@Nullable Handler<Void> handler) {
        return this;
    }
}
