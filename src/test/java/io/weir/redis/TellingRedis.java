package io.weir.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A Redis whose clock can be set, which a real one cannot: answers the commands of a handshake and TIME. */
public final class TellingRedis implements AutoCloseable {
    private static final String HELLO = "%3\r\n+server\r\n+redis\r\n+mode\r\n+standalone\r\n+role\r\n+master\r\n";

    private final ServerSocket listener;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private volatile Duration ahead = Duration.ZERO;

    public TellingRedis() {
        try {
            listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    public RedisConfig config() {
        return RedisConfig.server(URI.create("redis://127.0.0.1:" + listener.getLocalPort()));
    }

    /** Another machine is the master from now on, with another clock: connections end. */
    public void failOver(Duration ahead) {
        this.ahead = ahead;
        clients.forEach(TellingRedis::end);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        clients.forEach(TellingRedis::end);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                clients.add(client);
                daemon(() -> serve(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int words = Integer.parseInt(line.substring(1));
                Optional<String> command = Optional.empty();
                for (int each = 0; each < words; each++) {
                    in.readLine();
                    String word = in.readLine();
                    command = command.or(() -> Optional.of(word));
                }
                client.getOutputStream().write(answer(command.orElse("")).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException ended) {
            // The other side sees it too.
        } finally {
            clients.remove(client);
        }
    }

    private String answer(String command) {
        return switch (command.toUpperCase(Locale.ROOT)) {
            case "HELLO" -> HELLO;
            case "TIME" -> "*2\r\n+" + Instant.now().plus(ahead).getEpochSecond() + "\r\n+0\r\n";
            default -> "+OK\r\n";
        };
    }

    private static void end(Socket client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "telling-redis");
        thread.setDaemon(true);
        thread.start();
    }
}
