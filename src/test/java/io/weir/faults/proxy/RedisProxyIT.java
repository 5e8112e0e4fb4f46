package io.weir.faults.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.redis.RedisServer;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RedisProxyIT {
    private static final int LIMIT_MILLIS = 2_000;
    private static final int SHORT_MILLIS = 200;

    private final RedisServer redis = RedisServer.start();
    private final RedisProxy proxy = RedisProxy.before(redis.port());
    private final List<Client> clients = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Client each : clients) {
            each.socket.close();
        }
        proxy.close();
        redis.close();
    }

    @Test
    void passesEverythingOnInBothVersionsOfTheProtocol() throws IOException {
        Client client = connect();

        assertThat(client.ask("SET", "k", "红色")).isEqualTo("+OK\r\n");
        assertThat(client.ask("GET", "k")).isEqualTo("$6\r\n红色\r\n");
        assertThat(client.ask("GET", "absent")).isEqualTo("$-1\r\n");
        assertThat(client.ask("HELLO", "3")).startsWith("%").contains("server", "redis");
        assertThat(client.ask("GET", "absent")).isEqualTo("_\r\n");
        assertThat(client.ask("SUBSCRIBE", "news")).startsWith(">3");
        redis.command("PUBLISH", "news", "hello");
        assertThat(client.answer()).startsWith(">3").contains("hello");
    }

    @Test
    void delaysEachAnswer() throws IOException {
        Client client = connect();
        proxy.delay(Duration.ofMillis(150));

        long start = System.nanoTime();
        client.ask("PING");

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(150), Duration.ofSeconds(2));
    }

    @Test
    void throttlesAnswersByTheirLength() throws IOException {
        Client client = connect();
        client.ask("SET", "k", "x".repeat(1_000));
        proxy.throttle(5_000);

        long start = System.nanoTime();
        client.ask("GET", "k");

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(200), Duration.ofSeconds(2));
    }

    @Test
    void cutsConnectionsAndRefusesNewOnesUntilClear() throws IOException {
        Client before = connect();
        before.ask("PING");

        proxy.cut();

        assertThatThrownBy(() -> before.ask("PING")).isInstanceOfAny(EOFException.class, SocketException.class);
        assertThatThrownBy(() -> connect().ask("PING")).isInstanceOfAny(EOFException.class, SocketException.class);
        proxy.clear();
        assertThat(connect().ask("PING")).isEqualTo("+PONG\r\n");
    }

    @Test
    void swallowsWhileHalfOpenAndEndsThoseConnectionsWhenClear() throws IOException {
        Client before = connect();
        before.ask("PING");
        proxy.halfOpen();
        Client during = connect();

        assertThat(before.isUnanswered("SET", "k", "1")).isTrue();
        assertThat(during.isUnanswered("SET", "k", "2")).isTrue();
        assertThat(redis.command("EXISTS", "k")).isEqualTo(":0\r\n");

        proxy.clear();
        assertThatThrownBy(() -> before.ask("PING")).isInstanceOfAny(EOFException.class, SocketException.class);
        assertThat(connect().ask("PING")).isEqualTo("+PONG\r\n");
    }

    @ParameterizedTest
    @EnumSource
    void answersErrorsInPlaceOfRedisForSoManyCommands(Refusal refusal) throws IOException {
        Client client = connect();
        String loaded = client.ask("SCRIPT", "LOAD", "return redis.call('INCR', KEYS[1])");
        String digest = loaded.substring(loaded.indexOf("\n") + 1).strip();
        proxy.refuse(refusal, 2);

        assertThat(client.ask("EVALSHA", digest, "1", "n")).startsWith("-" + refusal + " ");
        assertThat(client.ask("EVALSHA", digest, "1", "n")).startsWith("-" + refusal + " ");
        assertThat(client.ask("EVALSHA", digest, "1", "n")).isEqualTo(":1\r\n");
    }

    @Test
    void leavesReadsAloneWhereRedisWould() throws IOException {
        Client client = connect();

        proxy.refuse(Refusal.READONLY);

        assertThat(client.ask("SET", "k", "1")).startsWith("-READONLY ");
        assertThat(client.ask("GET", "k")).isEqualTo("$-1\r\n");
        assertThat(client.ask("HELLO", "2")).startsWith("*");
    }

    @Test
    void tellsAnotherTime() throws IOException {
        Client client = connect();
        Duration ahead = Duration.ofMinutes(15);

        proxy.clockAhead(ahead);

        client.send("ECHO", "first");
        client.send("TIME");
        client.send("ECHO", "last");
        assertThat(client.answer()).contains("first");
        long told = Long.parseLong(client.answer().split("\r\n", -1)[2]);
        assertThat(Instant.ofEpochSecond(told)).isCloseTo(Instant.now().plus(ahead), within(5, ChronoUnit.SECONDS));
        assertThat(client.answer()).contains("last");
    }

    @Test
    void keepsTheOrderOfAnswersToPipelinedCommands() throws IOException {
        Client client = connect();
        proxy.refuse(Refusal.NOSCRIPT, 1);

        client.send("ECHO", "first");
        client.send("EVALSHA", "0".repeat(40), "0");
        client.send("ECHO", "last");

        assertThat(client.answer()).contains("first");
        assertThat(client.answer()).startsWith("-NOSCRIPT");
        assertThat(client.answer()).contains("last");
    }

    private Client connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(LIMIT_MILLIS);
        Client client = new Client(socket, new Resp(socket.getInputStream()));
        clients.add(client);
        return client;
    }

    private record Client(Socket socket, Resp answers) {
        String ask(String... words) throws IOException {
            send(words);
            return answer();
        }

        void send(String... words) throws IOException {
            String parts = List.of(words).stream()
                    .map(word -> "$" + word.getBytes(StandardCharsets.UTF_8).length + "\r\n" + word + "\r\n")
                    .collect(Collectors.joining());
            socket.getOutputStream().write(("*" + words.length + "\r\n" + parts).getBytes(StandardCharsets.UTF_8));
        }

        String answer() throws IOException {
            return new String(answers.next(), StandardCharsets.UTF_8);
        }

        boolean isUnanswered(String... words) throws IOException {
            send(words);
            socket.setSoTimeout(SHORT_MILLIS);
            try {
                answer();
                return false;
            } catch (SocketTimeoutException expected) {
                return true;
            } finally {
                socket.setSoTimeout(LIMIT_MILLIS);
            }
        }
    }
}
