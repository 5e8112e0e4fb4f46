package io.weir.simulator.api;

import io.netty.channel.ChannelOption;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import io.weir.simulator.platform.Refused;
import io.weir.simulator.time.SimulatedTime;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

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
}
