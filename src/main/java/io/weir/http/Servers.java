package io.weir.http;

import io.vertx.core.http.HttpServerOptions;

/** The options of Weir's HTTP servers: HTTP/1.1 only, small limits. */
public final class Servers {
    private static final int MAX_REQUEST_LINE_BYTES = 4_096;
    private static final int MAX_HEADER_BYTES = 8_192;
    private static final int ACCEPT_BACKLOG = 4_096;

    private Servers() {}

    /** Options of a server; waits and idle connections are bounded by {@link ConnectionWatch}. */
    public static HttpServerOptions options(String host, int port) {
        return new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false)
                .setHandle100ContinueAutomatically(false)
                .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setAcceptBacklog(ACCEPT_BACKLOG)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setDecompressionSupported(false)
                // No WebSockets at all, but Vert.x would add these handlers for them to every connection, and Netty's
                // throws
                // once a client has sent more than 128 requests without waiting.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setRegisterWebSocketWriteHandlers(false);
    }
}
