package io.weir.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.net.BindException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/**
 * An HTTP server as each of Weir's ports has one: HTTP/1.1 only, small limits, requests that are ambiguous refused, every wait
 * bounded by its {@link ConnectionWatch}. Of one event loop; {@link #stop} on any thread.
 */
public final class ServerShell {
    private static final int MAX_REQUEST_LINE_BYTES = 4_096;
    private static final int MAX_HEADER_BYTES = 8_192;
    private static final int ACCEPT_BACKLOG = 4_096;

    private final Vertx vertx;
    private final String address;
    private final HttpServer server;
    private final ConnectionWatch watch;

    private ServerShell(Vertx vertx, String address, HttpServer server, ConnectionWatch watch) {
        this.vertx = vertx;
        this.address = address;
        this.server = server;
        this.watch = watch;
    }

    /**
     * A server that does not listen yet.
     *
     * @param overload counts what it turns away
     */
    public static ServerShell of(
            Vertx vertx, String host, int port, ConnectionWatch.Limits limits, OverloadRefusals overload) {
        return of(vertx, host, port, limits, overload, Optional.empty());
    }

    /**
     * The same with TLS.
     *
     * @param certificate what it shows; empty for plain HTTP
     */
    public static ServerShell of(
            Vertx vertx,
            String host,
            int port,
            ConnectionWatch.Limits limits,
            OverloadRefusals overload,
            Optional<KeyCertOptions> certificate) {
        HttpServerOptions options = options(host, port);
        certificate.ifPresent(shown -> options.setSsl(true).setKeyCertOptions(shown));
        HttpServer server = StrictHttp.on(vertx.createHttpServer(options));
        return new ServerShell(vertx, host + ":" + port, server, ConnectionWatch.on(server, vertx, limits, overload));
    }

    /** What bounds its connections. */
    public ConnectionWatch watch() {
        return watch;
    }

    /**
     * Listens.
     *
     * @param requests takes those that are well formed
     * @return the port; a {@link BindException} or {@link UnknownHostException} begins with the address
     */
    public Future<Integer> listen(Handler<HttpServerRequest> requests) {
        return listen(any -> {}, requests);
    }

    /**
     * The same.
     *
     * @param headers sets those that each answer has, also that to a request that is not well formed
     */
    public Future<Integer> listen(Handler<HttpServerRequest> headers, Handler<HttpServerRequest> requests) {
        return server.requestHandler(request -> {
                    if (!watch.received(request)) {
                        return;
                    }
                    headers.handle(request);
                    if (StrictHttp.problem(request).isPresent()) {
                        EarlyAnswer.end(vertx, request, 400);
                    } else if (!hasPath(request)) {
                        EarlyAnswer.end(vertx, request, 404);
                    } else {
                        requests.handle(request);
                    }
                })
                .listen()
                .map(HttpServer::actualPort)
                .recover(failure -> Future.failedFuture(withAddress(failure)));
    }

    /** The platform says why, and not of which port. */
    private Throwable withAddress(Throwable failure) {
        if (failure instanceof BindException) {
            return new BindException(address + ": " + failure.getMessage());
        }
        return failure instanceof UnknownHostException ? new UnknownHostException(address + ": no such host") : failure;
    }

    /** {@code OPTIONS *} and {@code CONNECT} ask for none, and no router is made for that. */
    private static boolean hasPath(HttpServerRequest request) {
        String path = request.path();
        return path != null && path.startsWith("/");
    }

    /** Shows another certificate to connections that come from now on; false where it is the same. */
    public Future<Boolean> show(KeyCertOptions certificate) {
        return server.updateSSLOptions(new ServerSSLOptions().setKeyCertOptions(certificate));
    }

    /** Takes no more requests and answers those that it has, within that time. */
    public Future<Void> stop(Duration drain) {
        return server.shutdown(drain);
    }

    /** Its options, which bound neither waits nor idle connections. */
    static HttpServerOptions options(String host, int port) {
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
