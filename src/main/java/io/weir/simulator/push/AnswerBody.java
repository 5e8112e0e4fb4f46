package io.weir.simulator.push;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;

/** Reads the body of an answer, but not more than a limit. */
final class AnswerBody {
    private AnswerBody() {}

    /**
     * The whole body. Fails with an {@link IOException} when it is longer than {@code maxBytes}, and with what the
     * connection failed with when it ends early. To be called where the response is received, before its body arrives.
     */
    static Future<Buffer> read(HttpClientResponse response, int maxBytes) {
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        response.handler(chunk -> {
            if (body.length() + chunk.length() > maxBytes) {
                whole.tryFail(new IOException("the answer is longer than " + maxBytes + " bytes"));
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.endHandler(end -> whole.tryComplete(body));
        response.exceptionHandler(whole::tryFail);
        return whole.future();
    }
}
