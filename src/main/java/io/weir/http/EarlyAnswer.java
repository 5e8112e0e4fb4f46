package io.weir.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * An answer that does not wait for the rest of the request. When more of it may be on its way, the
 * connection is closed, a little later, so that the sender can still read the answer.
 */
public final class EarlyAnswer {
    private static final long LINGER_MILLIS = 500;

    private EarlyAnswer() {}

    /** Ends the request with a status; does nothing when an answer is already under way, or its sender has gone. */
    public static void end(Vertx vertx, HttpServerRequest request, int status) {
        end(vertx, request, status, Buffer.buffer());
    }

    /** The same with a body, whose Content-Type is set already. */
    public static void end(Vertx vertx, HttpServerRequest request, int status, Buffer body) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed() || response.headWritten()) {
            return;
        }
        response.setStatusCode(status);
        if (mayGoOn(request) || status == 400 || status == 503) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            vertx.setTimer(LINGER_MILLIS, id -> request.connection().close());
        }
        response.end(body);
    }

    private static boolean mayGoOn(HttpServerRequest request) {
        boolean hasBody = request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                || request.headers().contains(HttpHeaders.CONTENT_LENGTH);
        return hasBody && !request.isEnded();
    }
}
