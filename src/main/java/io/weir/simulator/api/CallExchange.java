package io.weir.simulator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.channel.ChannelOption;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import io.weir.simulator.api.ApiCall.CallAnswer;
import io.weir.simulator.platform.Refused;
import io.weir.simulator.time.SimulatedTime;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** One request and the way back to who sent it; a fault decides what of it happens. On its event loop. */
public final class CallExchange {
    private final HttpServerRequest request;
    private final CallExecution execution;
    private final Context context;
    private final SimulatedTime time;

    CallExchange(HttpServerRequest request, CallExecution execution, Context context, SimulatedTime time) {
        this.request = request;
        this.execution = execution;
        this.context = context;
        this.time = time;
    }

    /** All checks and the effect of the call. */
    WireAnswer run() {
        return execution.run();
    }

    void refuse(Refused why) {
        send(execution.refuse(why));
    }

    void send(WireAnswer answer) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        answer.fileName()
                .ifPresent(name -> response.putHeader(
                        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + plain(name) + "\""));
        response.setStatusCode(answer.status())
                .putHeader(
                        HttpHeaders.DATE,
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                time.clock().instant().atOffset(ZoneOffset.UTC)))
                .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
                .end(answer.body());
    }

    void sendAfter(Duration delay, WireAnswer answer) {
        time.after(delay, () -> context.runOnContext(now -> send(answer)));
    }

    void closeAfter(Duration delay) {
        SimulatedTime.Alarm closing = time.after(
                delay, () -> context.runOnContext(now -> request.connection().close()));
        request.response().closeHandler(gone -> closing.cancel());
    }

    /** Closes with TCP's RST, which a caller tells from an orderly end. */
    void reset() {
        if (request.connection() instanceof HttpServerConnection wire) {
            wire.channelHandlerContext().channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        request.connection().close();
    }

    private static String plain(String fileName) {
        return fileName.replaceAll("[^\\x20-\\x7e]|[\"\\\\]", "_");
    }

    /**
     * What goes back over HTTP.
     *
     * @param fileName of a file, for Content-Disposition
     */
    record WireAnswer(int status, String contentType, Optional<String> fileName, Buffer body) {
        private static final JsonMapper JSON = new JsonMapper();

        /** The content type that the platform gives to JSON; {@code encoding} is no parameter that HTTP knows. */
        private static final String JSON_TYPE = "application/json; encoding=utf-8";

        /** The other one that it gives to JSON. Which calls have it is the simulator's choice: those of media and material. */
        private static final String TEXT_TYPE = "text/plain";

        /** The answer of a call; HTTP 200 in any case. */
        static WireAnswer of(String path, CallAnswer answer) {
            if (answer instanceof CallAnswer.Bytes file) {
                return new WireAnswer(200, file.contentType(), Optional.of(file.fileName()), file.body());
            }
            return json(path, ((CallAnswer.Json) answer).body());
        }

        static WireAnswer json(String path, ObjectNode body) {
            boolean ofFiles = path.startsWith("/cgi-bin/media/") || path.startsWith("/cgi-bin/material/");
            return new WireAnswer(200, ofFiles ? TEXT_TYPE : JSON_TYPE, Optional.empty(), encode(body));
        }

        /** Plain HTTP, not the platform's form. */
        static WireAnswer http(int status, String contentType, String body) {
            return new WireAnswer(status, contentType, Optional.empty(), Buffer.buffer(body));
        }

        /** The first half of it, as if that were all. */
        WireAnswer truncated() {
            return new WireAnswer(status, contentType, fileName, body.slice(0, body.length() / 2));
        }

        static Buffer encode(ObjectNode body) {
            try {
                // By way of text: written to bytes, Jackson would escape what is beyond the basic plane, emoji for one.
                return Buffer.buffer(JSON.writeValueAsString(body));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a tree of JSON that cannot be written", e);
            }
        }
    }
}
