package io.weir;

import io.weir.http.RawHttp;
import io.weir.wechat.crypto.MessageCrypto;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** About 200 signed CLICKs a second to a gateway on this machine, each over a connection of its own, as WeChat does. */
final class Load implements AutoCloseable {
    private static final int SENDERS = 8;
    private static final int EACH_MILLIS = 40;

    private final ScheduledExecutorService senders = Executors.newScheduledThreadPool(SENDERS);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final int port;
    private final String path;
    private final String token;

    Load(int port, String path, String token) {
        this.port = port;
        this.path = path;
        this.token = token;
        for (int i = 0; i < SENDERS; i++) {
            MessageCrypto crypto = new MessageCrypto(new SecureRandom()::nextBytes);
            long offset = (long) i * EACH_MILLIS / SENDERS;
            var unused = senders.scheduleAtFixedRate(() -> push(crypto), offset, EACH_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** How many were answered as they should be. */
    long answered() {
        return answered.get();
    }

    /** What came of the pushes that were sent and not answered as they should be. */
    Queue<String> failures() {
        return failures;
    }

    /** Sends no more and waits for what is under way. */
    void stop() throws InterruptedException {
        senders.shutdown();
        if (!senders.awaitTermination(20, TimeUnit.SECONDS)) {
            throw new AssertionError("pushes without an answer");
        }
    }

    private void push(MessageCrypto crypto) {
        String request = request(crypto, sent.incrementAndGet());
        try (RawHttp http = new RawHttp(port)) {
            String answer = http.send(request).response();
            if (answer.startsWith("HTTP/1.1 200") && answer.contains("<Content>")) {
                answered.incrementAndGet();
            } else {
                failures.add("answered with: " + answer);
            }
        } catch (ConnectException shut) {
            // Not sent: the listener is closed, and a balancer takes another instance.
        } catch (IOException | RuntimeException e) {
            failures.add(e.toString());
        }
    }

    private String request(MessageCrypto crypto, long number) {
        String timestamp = Long.toString(System.currentTimeMillis() / 1_000);
        String nonce = Long.toString(100_000_000 + number);
        String body = "<xml><ToUserName>gh_000000000000</ToUserName><FromUserName>oWeirSimulatedUser" + number
                + "</FromUserName><CreateTime>" + timestamp + "</CreateTime><MsgType>event</MsgType>"
                + "<Event>CLICK</Event><EventKey>K</EventKey></xml>";
        return "POST " + path + "?signature=" + crypto.sign(token, timestamp, nonce) + "&timestamp=" + timestamp
                + "&nonce=" + nonce + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    @Override
    public void close() {
        senders.shutdownNow();
    }
}
