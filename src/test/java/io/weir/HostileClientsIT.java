package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.http.Crowd;
import io.weir.http.RawHttp;
import io.weir.redis.Await;
import io.weir.wechat.crypto.MessageCrypto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many clients at once that send little and wait, against a real process with the flags that are shipped: it stays alive,
 * others are answered as quickly as before, and so are the health checks.
 */
@Tag("measured")
class HostileClientsIT {
    private static final long WATCHED_MILLIS = 4_000;
    private static final long MOST_MILLIS = 200;
    private static final int MOST_LOGGED = 20_000;
    private static final String FORGED = "signature=0123456789abcdef0123456789abcdef01234567&timestamp=1&nonce=1";

    private static final MessageCrypto CRYPTO = new MessageCrypto(new SecureRandom()::nextBytes);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private static Path folder;

    /** The process that outlives all of them. */
    @SuppressWarnings("NullAway.Init") // set before all tests
    private static WeirProcess shared;

    @SuppressWarnings("NullAway.Init") // set before each test
    private WeirProcess serve;

    private int pushPort;
    private int adminPort;
    private int loggedBefore;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(folder.resolve("weir.yaml"), ServeIT.CONFIGURATION);
        Files.writeString(folder.resolve("replies.yaml"), "CLICK: { default: { text: hello } }\n");
        Files.writeString(folder.resolve("club.yaml"), "");
        shared = WeirProcess.startAsShipped(folder, Secrets.ENVIRONMENT, "serve", "--conf", "weir.yaml");
    }

    @BeforeEach
    void attackTheSharedOne() throws IOException {
        attack(shared);
    }

    private void attack(WeirProcess process) throws IOException {
        serve = process;
        pushPort = ServeIT.pushBase(serve).getPort();
        adminPort = ServeIT.admin(serve).getPort();
        loggedBefore = serve.err().length();
        for (int i = 0; i < 300; i++) {
            push(pushPort);
        }
    }

    @AfterAll
    static void stop() {
        shared.close();
    }

    @Test
    void outlivesUnsignedBodiesOfThreeBytes(TestInfo test) throws IOException {
        try (Crowd crowd = new Crowd(pushPort, 2_200)) {
            byteByByte(crowd.send(head(FORGED)));
            othersAreServed(pushPort, test);
        }
    }

    @Test
    void outlivesSignedBodiesOfThreeBytes(TestInfo test) throws IOException {
        try (Crowd crowd = new Crowd(pushPort, 2_200)) {
            byteByByte(crowd.send(head(signed())));
            othersAreServed(pushPort, test);
        }
    }

    @Test
    void outlivesSignedBodiesOfTwentyThousandBytes(TestInfo test) throws IOException {
        try (Crowd crowd = new Crowd(pushPort, 2_400)) {
            crowd.send(head(signed()) + "a").send("b".repeat(20_000));
            othersAreServed(pushPort, test);
        }
    }

    @Test
    void outlivesSignedBodiesOfTwentyThousandBytesThroughHaproxy(TestInfo test) throws IOException {
        assumeTrue(ShippedBalancer.isInstalled(), "needs HAProxy");
        try (ShippedBalancer haproxy = ShippedBalancer.start(folder, pushPort, adminPort);
                Crowd crowd = new Crowd(haproxy.port(), 2_400)) {
            crowd.send(head(signed()) + "a").send("b".repeat(20_000));
            othersAreServed(haproxy.port(), test);
        }
    }

    @Test
    void outlivesUnfinishedHeadersOnThePushPort(TestInfo test) throws IOException {
        try (Crowd crowd = new Crowd(pushPort, 3_000)) {
            crowd.send(elevenThousandBytes());
            othersAreServed(pushPort, test);
        }
    }

    @Test
    void outlivesUnfinishedHeadersOnTheAdminPort(TestInfo test) throws IOException {
        try (Crowd crowd = new Crowd(adminPort, 1_000)) {
            crowd.send(elevenThousandBytes());
            othersAreServed(pushPort, test);
        }
    }

    @Test
    void servesTheHealthChecksBesideIdleConnectionsOnTheAdminPort(TestInfo test) throws IOException {
        try (Crowd crowd = new Crowd(adminPort, 1_010)) {
            othersAreServed(pushPort, test);
            assertThat(crowd.waiting()).isPositive();
        }
    }

    @Test
    void servesOthersBesideTwoThousandRequestsInOneWrite(TestInfo test) throws IOException {
        try (Crowd crowd = new Crowd(pushPort, 10)) {
            crowd.send("GET /wx/shop HTTP/1.1\r\nHost: x\r\n\r\n".repeat(2_000));
            othersAreServed(pushPort, test);
        }
    }

    @Test
    void servesOthersBesideTwoThousandRequestsInOneWriteToTheAdminPort(TestInfo test) throws IOException {
        try (Crowd crowd = new Crowd(adminPort, 10)) {
            crowd.send("GET /live HTTP/1.1\r\nHost: x\r\n\r\n".repeat(2_000));
            othersAreServed(pushPort, test);
        }
    }

    @Test
    void outlivesMoreConnectionsThanItMayHaveFiles(TestInfo test) throws IOException {
        try (WeirProcess process =
                WeirProcess.startWithFiles(256, folder, Secrets.ENVIRONMENT, "serve", "--conf", "weir.yaml")) {
            attack(process);
            try (Crowd crowd = new Crowd(pushPort, 800)) {
                crowd.send("POST /wx/shop HTTP/1.1\r\nHost: we");
                othersAreServed(pushPort, test);
                Files.writeString(folder.resolve("replies.yaml"), "CLICK: { default: { text: hello again } }\n");
                Await.until("its files are still read", Duration.ofSeconds(10), () -> answersAgain(pushPort));
                assertThat(logged())
                        .doesNotContain("Too many open files", "connections cannot be accepted", "Exception");
            }
        }
    }

    private static boolean answersAgain(int port) {
        try (RawHttp http = new RawHttp(port)) {
            return http.send(click()).response().contains("hello again");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the gateway read each byte before the next one comes. */
    private void byteByByte(Crowd crowd) throws IOException {
        for (String each : List.of("a", "b", "c")) {
            crowd.send(each);
            for (int i = 0; i < 100; i++) {
                push(pushPort);
            }
        }
    }

    private void othersAreServed(int port, TestInfo test) throws IOException {
        List<Long> millis = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WATCHED_MILLIS);
        try {
            while (System.nanoTime() < end) {
                millis.add(push(port));
                millis.add(get("/ready"));
                millis.add(get("/live"));
            }
        } finally {
            Collections.sort(millis);
            System.out.println(test.getDisplayName() + ": alive=" + serve.isAlive() + " peak="
                    + serve.peakMebibytes().orElse(0) + " MiB, worst="
                    + millis.stream().mapToLong(each -> each).max().orElse(0) + " ms of " + millis.size() + ", log="
                    + logged().length());
        }
        assertThat(serve.isAlive()).isTrue();
        assertThat(millis.get(millis.size() * 99 / 100)).isLessThan(MOST_MILLIS);
        assertThat(logged()).doesNotContain("Exception").hasSizeLessThan(MOST_LOGGED);
    }

    /** What the process has logged since the test began. */
    private String logged() {
        return serve.err().substring(loggedBefore);
    }

    private static long push(int port) throws IOException {
        return exchange(port, click(), "hello");
    }

    /** A push that no other one is like. */
    static String click() {
        String body = "<xml><ToUserName><![CDATA[gh_000000000000]]></ToUserName><FromUserName><![CDATA[oHostile]]>"
                + "</FromUserName><CreateTime>" + System.currentTimeMillis() / 1_000 + "</CreateTime><MsgType>"
                + "<![CDATA[event]]></MsgType><Event><![CDATA[CLICK]]></Event><EventKey><![CDATA[" + CRYPTO.nonce()
                + "]]></EventKey></xml>";
        return "POST /wx/shop?" + signed() + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    private long get(String path) throws IOException {
        return exchange(adminPort, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200");
    }

    private static long exchange(int port, String request, String expected) throws IOException {
        long began = System.nanoTime();
        try (RawHttp http = new RawHttp(port)) {
            assertThat(http.send(request).response()).contains(expected);
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private static String head(String query) {
        return "POST /wx/shop?" + query + " HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n";
    }

    /** The query of a push that is sent now. */
    static String signed() {
        String timestamp = Long.toString(System.currentTimeMillis() / 1_000);
        String nonce = CRYPTO.nonce();
        return "signature=" + CRYPTO.sign(Secrets.TOKEN, timestamp, nonce) + "&timestamp=" + timestamp + "&nonce="
                + nonce;
    }

    private static String elevenThousandBytes() {
        return "GET /wx/shop?" + "a".repeat(3_900) + " HTTP/1.1\r\nHost: x\r\n"
                + ("X-Padding: " + "b".repeat(1_000) + "\r\n").repeat(7);
    }
}
