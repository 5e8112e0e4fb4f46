package io.weir.faults.push;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Many connections to one port, on which requests come whole, in part, or piece by piece; no client of HTTP would do that. */
public final class ConnectionCrowd implements AutoCloseable {
    private static final int CONNECT_MILLIS = 20_000;
    private static final int STATUS = "HTTP/1.1 ".length();
    private static final int CLOSE_SECONDS = 10;
    private static final int WAITING_BYTES = 1 << 20;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final NetClient client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS));
    private final int port;
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final AtomicInteger connecting = new AtomicInteger();

    /** @param port of this machine */
    public ConnectionCrowd(int port) {
        this.port = port;
    }

    /** The head of a genuine push: line and headers, the last of which are still to come with an empty line after them. */
    public static String head() {
        String query = SignedRequest.of(new PushMill("crowd").text("")).query();
        return "POST /wx/" + Account.RIG.name() + "?" + query + " HTTP/1.1\r\nHost: weir\r\nContent-Type: text/xml\r\n";
    }

    /** The head of a genuine push with a body of so many bytes. */
    public static String head(int bodyBytes) {
        return head() + "Content-Length: " + bodyBytes + "\r\n\r\n";
    }

    /** A whole genuine push. */
    public static String request() {
        String body = new PushMill("crowd").text("").xml();
        return head(body.length()) + body;
    }

    /** Opens so many connections and sends something on each of them. */
    public void open(int connections, Supplier<String> first) {
        for (int i = 0; i < connections; i++) {
            connecting.incrementAndGet();
            client.connect(port, "127.0.0.1")
                    .onSuccess(socket -> begin(socket, first.get()))
                    .onComplete(done -> connecting.decrementAndGet());
        }
    }

    private void begin(NetSocket socket, String first) {
        open.add(socket);
        socket.closeHandler(closed -> open.remove(socket));
        socket.exceptionHandler(broken -> open.remove(socket));
        socket.handler(answer -> {
            String line = answer.toString();
            String status = line.startsWith("HTTP/1.1 ") ? line.substring(STATUS, STATUS + 3) : "not HTTP";
            answers.computeIfAbsent(status, none -> new AtomicInteger()).incrementAndGet();
        });
        socket.setWriteQueueMaxSize(WAITING_BYTES);
        socket.write(first);
    }

    /** Goes on sending a piece on each open connection; what is not taken is not piled up. */
    public void trickle(String piece, Duration every) {
        vertx.setPeriodic(
                every.toMillis(),
                tick -> open.stream()
                        .filter(socket -> !socket.writeQueueFull())
                        .forEach(socket -> socket.write(piece)));
    }

    /** Closes its connections. */
    public void leave() {
        open.forEach(NetSocket::close);
    }

    /** How many connections are open or about to be. */
    public int open() {
        return open.size() + connecting.get();
    }

    /** What came back: how often each status. */
    public Map<String, AtomicInteger> answers() {
        return Map.copyOf(answers);
    }

    @Override
    public void close() {
        vertx.close()
                .timeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
