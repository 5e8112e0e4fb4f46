package io.weir.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.api.CallExchange.WireAnswer;
import io.weir.simulator.platform.Refused;
import java.time.Duration;

/** Something that goes wrong with a call, on command. */
public sealed interface ApiFault {
    /** Lets it happen. */
    void strike(CallExchange exchange);

    /** Adds the fields that the control API knows it by. */
    void describe(ObjectNode written);

    /** WeChat refuses, for a reason of its own. */
    record Refusal(int errcode, String errmsg) implements ApiFault {
        @Override
        public void strike(CallExchange exchange) {
            exchange.refuse(new Refused(errcode, errmsg));
        }

        @Override
        public void describe(ObjectNode written) {
            written.put("kind", "refusal").put("errcode", errcode).put("errmsg", errmsg);
        }
    }

    /** Something on the way answers in WeChat's place. */
    record Status(int status, String body) implements ApiFault {
        @Override
        public void strike(CallExchange exchange) {
            exchange.send(WireAnswer.http(status, "text/plain; charset=utf-8", body));
        }

        @Override
        public void describe(ObjectNode written) {
            written.put("kind", "status").put("status", status).put("body", body);
        }
    }

    /** The call is done at once, and answered late. */
    record Delay(Duration by) implements ApiFault {
        @Override
        public void strike(CallExchange exchange) {
            exchange.sendAfter(by, exchange.run());
        }

        @Override
        public void describe(ObjectNode written) {
            written.put("kind", "delay").put("delayMillis", by.toMillis());
        }
    }

    /** Nothing is done and never an answer comes; the connection is closed after a minute. */
    record Hang() implements ApiFault {
        private static final Duration LIMIT = Duration.ofMinutes(1);

        @Override
        public void strike(CallExchange exchange) {
            exchange.closeAfter(LIMIT);
        }

        @Override
        public void describe(ObjectNode written) {
            written.put("kind", "hang");
        }
    }

    /** The call is done, and half of the answer comes as if it were the whole. */
    record Truncated() implements ApiFault {
        @Override
        public void strike(CallExchange exchange) {
            exchange.send(exchange.run().truncated());
        }

        @Override
        public void describe(ObjectNode written) {
            written.put("kind", "truncated");
        }
    }

    /** A page comes instead of JSON, with status 200; nothing is done. */
    record Html() implements ApiFault {
        private static final String PAGE = "<html><head><title>Error</title></head><body>系统繁忙</body></html>";

        @Override
        public void strike(CallExchange exchange) {
            exchange.send(WireAnswer.http(200, "text/html; charset=utf-8", PAGE));
        }

        @Override
        public void describe(ObjectNode written) {
            written.put("kind", "html");
        }
    }

    /** The connection is reset; nothing is done. */
    record Reset() implements ApiFault {
        @Override
        public void strike(CallExchange exchange) {
            exchange.reset();
        }

        @Override
        public void describe(ObjectNode written) {
            written.put("kind", "reset");
        }
    }

    /** The call is done, and the connection is reset in place of an answer. */
    record AnswerLost() implements ApiFault {
        @Override
        public void strike(CallExchange exchange) {
            exchange.run();
            exchange.reset();
        }

        @Override
        public void describe(ObjectNode written) {
            written.put("kind", "answerLost");
        }
    }
}
