package io.weir.faults.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** As much of WeChat's server API as the rig needs: it gives tokens and notes what is sent to users (token-and-server-api.md §2, §8). */
public final class CustomerService implements AutoCloseable {
    private static final String TOKEN = "{\"access_token\":\"rig-token-000000000000000000000000\",\"expires_in\":7200}";
    private static final String DONE = "{\"errcode\":0,\"errmsg\":\"ok\"}";

    private final ObjectMapper json = new ObjectMapper();
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final HttpServer server;

    /**
     * A message that a user got outside of a reply.
     *
     * @param openId who
     * @param text what; empty where it was no text
     */
    public record Message(String openId, String text) {}

    private CustomerService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    static CustomerService start() {
        try {
            return new CustomerService();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What was sent so far. */
    public List<Message> messages() {
        return List.copyOf(messages);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/cgi-bin/message/custom/send")) {
            JsonNode sent = json.readTree(body);
            messages.add(new Message(
                    sent.path("touser").asText(),
                    sent.path("text").path("content").asText()));
        }
        byte[] answer = (path.endsWith("token") ? TOKEN : DONE).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
