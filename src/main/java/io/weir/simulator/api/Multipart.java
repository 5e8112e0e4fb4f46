package io.weir.simulator.api;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpData;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import io.netty.handler.codec.http.multipart.InterfaceHttpPostRequestDecoder;
import io.vertx.core.buffer.Buffer;
import io.weir.simulator.api.ApiCall.CallRequest.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Takes a multipart body apart; in memory, the body is bounded where it is read. */
final class Multipart {
    private static final DefaultHttpDataFactory IN_MEMORY = new DefaultHttpDataFactory(false);

    private Multipart() {}

    static boolean is(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /** None when the body is not multipart or broken: then the call says what it misses. */
    static List<Part> parts(IncomingCall incoming) {
        if (!is(incoming.contentType())) {
            return List.of();
        }
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.POST,
                "/",
                Unpooled.wrappedBuffer(incoming.body().getBytes()));
        request.headers().set(HttpHeaderNames.CONTENT_TYPE, incoming.contentType());
        try {
            return HttpPostRequestDecoder.isMultipart(request) ? read(request) : List.of();
        } catch (DecoderException | IllegalArgumentException | IndexOutOfBoundsException broken) {
            // Netty's own refusals, and what it throws at charsets, boundaries and parts that cannot be.
            return List.of();
        }
    }

    private static List<Part> read(FullHttpRequest request) {
        InterfaceHttpPostRequestDecoder decoder = new HttpPostMultipartRequestDecoder(IN_MEMORY, request);
        try {
            List<Part> parts = new ArrayList<>();
            for (InterfaceHttpData data : decoder.getBodyHttpDatas()) {
                part(data).ifPresent(parts::add);
            }
            return parts;
        } finally {
            decoder.destroy();
        }
    }

    private static Optional<Part> part(InterfaceHttpData data) {
        if (!(data instanceof HttpData content)) {
            return Optional.empty();
        }
        try {
            Buffer bytes = Buffer.buffer(content.get());
            return Optional.of(
                    data instanceof FileUpload file
                            ? new Part(file.getName(), Optional.of(file.getFilename()), type(file), bytes)
                            : new Part(data.getName(), Optional.empty(), "text/plain", bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be read", e);
        }
    }

    private static String type(FileUpload file) {
        return Optional.ofNullable(file.getContentType()).orElse("application/octet-stream");
    }
}
