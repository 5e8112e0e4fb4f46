package io.weir.backend;

import io.vertx.core.buffer.Buffer;
import io.weir.dispatch.Delivery;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.util.Map;

/** How pushes are put to a backend and its answers read. One instance per event loop. */
interface BackendFormat {

    /**
     * The request for a push.
     *
     * @param limit how long its answer is waited for
     */
    Request request(Delivery<?> delivery, Duration limit);

    /**
     * The reply that an answer with a body is; {@link Reply#NONE} where it says nothing.
     *
     * @throws BackendException where it is none
     */
    Reply read(Answer answer, Delivery<?> delivery);

    /**
     * A request.
     *
     * @param query what is added to the query of the backend's URL; empty for nothing
     */
    record Request(String query, Map<CharSequence, String> headers, Buffer body) {}

    /**
     * An answer whose status is 200.
     *
     * @param contentType in lower case and without parameters; empty where there is none
     */
    record Answer(String contentType, Buffer body) {
        boolean isHtml() {
            return contentType.equals("text/html");
        }
    }
}
