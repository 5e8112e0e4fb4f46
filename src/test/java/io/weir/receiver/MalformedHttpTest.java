package io.weir.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.http.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two parties could read differently is answered once, with 400, and is the last of its connection. */
@ExtendWith(VertxExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedHttpTest {
    private static final String PATH = "/wx/plain?" + Forge.signed();
    private static final String HOST = "Host: x\r\n";

    private TestReceiver receiver;

    @BeforeAll
    void start(Vertx vertx) {
        receiver = TestReceiver.start(vertx);
    }

    @BeforeEach
    void forget() {
        receiver.arrived.clear();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: x\r\nHost: x\r\n",
                "Host: x\r\nHost: y\r\n",
                "X: y\r\n",
                "Host: x y\r\n",
                "Host: x\r\n: empty name\r\n",
                "Host: x\r\nX: a\u0000b\r\n",
                "Host: x\r\nX\u0000: a\r\n",
                "Host: x\r\nX: a\rb\r\n",
                "Host: x\r\nno colon\r\n",
                "Host: x\r\nX : y\r\n",
                " Host: x\r\n"
            })
    void answersAHeadThatIsNotOneOnceWith400(String headers) throws IOException {
        refuses("GET " + PATH + " HTTP/1.1\r\n" + headers + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: identity\r\nContent-Length: 3\r\n\r\nabc",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
                "Content-Length: 3, 3\r\n\r\nabc",
                "Content-Length: +3\r\n\r\nabc",
                "Content-Length: -3\r\n\r\nabc",
                "Content-Length: 0x3\r\n\r\nabc",
                "Content-Length:\r\n\r\nabc",
                "Content-Length: 99999999999999999999\r\n\r\nabc",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nfffffffff\r\nabc",
                "Transfer-Encoding: chunked\r\n\r\n3\r\nabcX\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n3\nabc\n0\n\n"
            })
    void answersABodyWithoutAClearEndOnceWith400(String headersAndBody) throws IOException {
        refuses("POST " + PATH + " HTTP/1.1\r\n" + HOST + headersAndBody);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET /wx/plain HTTP/2.0\r\nHost: x\r\n\r\n",
                "GET /wx/plain HTTP/1.2\r\nHost: x\r\n\r\n",
                "GET /wx/plain HTTP/0.9\r\nHost: x\r\n\r\n",
                "GET /wx/plain http/1.1\r\nHost: x\r\n\r\n",
                "GET /wx/plain\r\n\r\n",
                "POST /wx/plain HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "G@T /wx/plain HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /wx/ plain HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /wx/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "hello\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n"
            })
    void answersWhatIsNotHttp1OnceWith400(String request) throws IOException {
        refuses(request);
    }

    @Test
    void answersTooLargeHeadsOnce() throws IOException {
        assertThat(all("GET /wx/plain?" + "a".repeat(5_000) + " HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("HTTP/1.0 414")
                .containsOnlyOnce("HTTP/1.");
        assertThat(all("GET /wx/plain HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(9_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .containsOnlyOnce("HTTP/1.");
    }

    @Test
    void closesByItself() throws IOException {
        try (RawHttp http = receiver.connect()) {
            assertThat(http.send("GET " + PATH + " HTTP/1.1\r\n\r\n").untilClosed())
                    .isEqualTo("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
        }
    }

    private void refuses(String request) throws IOException {
        String answers = all(request);

        assertThat(answers.substring(0, 12)).matches("HTTP/\\d\\.\\d 400");
        assertThat(answers.split("HTTP/", -1)).hasSize(2);
        assertThat(receiver.arrived).isEmpty();
    }

    /** All that comes back to the request and a good push that follows in the same packet. */
    private String all(String request) throws IOException {
        String push = new String(Forge.post("/wx/plain", Forge.signed(), Forge.CLICK), StandardCharsets.UTF_8);
        try (RawHttp http = receiver.connect()) {
            return http.send(request + push).response() + http.endOfInput().untilClosed();
        }
    }
}
