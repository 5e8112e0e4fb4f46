package io.weir.faults.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A system that gets copies of texts and notes them. It can be away, and keeps its port. */
public final class CopyReceiver implements AutoCloseable {
    private final int port = Ports.free();
    private final ObjectMapper json = new ObjectMapper();
    private final List<Copy> copies = new CopyOnWriteArrayList<>();
    private @Nullable HttpServer server;

    /**
     * A copy, in the order in which it came.
     *
     * @param push its text, which names the push
     */
    public record Copy(String push, String openId, boolean redelivered) {}

    /** The section of the gateways' configuration that makes it a backend. */
    public String configuration() {
        return "backends: { crm: { url: \"http://127.0.0.1:" + port
                + "/\", secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, copies: [text] } }\n";
    }

    /** Listens from now on. */
    public void start() {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            made.createContext("/", this::note);
            made.start();
            server = made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void note(HttpExchange exchange) throws IOException {
        JsonNode event = json.readTree(exchange.getRequestBody().readAllBytes());
        copies.add(new Copy(
                event.path("data").path("Content").asText(),
                event.path("data").path("FromUserName").asText(),
                event.findPath("redelivered").asBoolean()));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    /** All that have come. */
    public List<Copy> copies() {
        return List.copyOf(copies);
    }

    @Override
    public void close() {
        stop();
    }

    /** Refuses connections from now on. */
    public void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }
}
