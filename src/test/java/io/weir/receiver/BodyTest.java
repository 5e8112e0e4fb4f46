package io.weir.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.http.RawHttp;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class BodyTest {
    private static final int LIMIT = 64 * 1024;
    private static final String TOO_LARGE =
            "HTTP/1.1 413 Request Entity Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

    private TestReceiver receiver;

    @BeforeEach
    void start(Vertx vertx) {
        receiver = TestReceiver.start(vertx);
    }

    @Test
    void takesExactly64KiB() throws IOException {
        String padded = push(LIMIT);

        assertThat(receiver.response(Forge.post("/wx/plain", Forge.signed(), padded)))
                .startsWith("HTTP/1.1 200");
        assertThat(receiver.response(chunked(padded))).startsWith("HTTP/1.1 200");
        assertThat(receiver.arrived).as("one push, sent twice").hasSize(1);
    }

    @Test
    void refusesOneByteMoreByItsAnnouncement() throws IOException {
        String head = "POST /wx/plain?" + Forge.signed() + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + (LIMIT + 1);

        assertThat(receiver.response(Forge.utf8(head + "\r\n\r\n"))).isEqualTo(TOO_LARGE);
    }

    @Test
    void refusesOneByteMoreInChunks() throws IOException {
        assertThat(receiver.response(chunked(push(LIMIT + 1)))).isEqualTo(TOO_LARGE);
        assertThat(receiver.arrived).isEmpty();
    }

    @Test
    void endsAChunkedBodyThatNeverEnds() throws IOException {
        String chunk = "1000\r\n" + "a".repeat(4_096) + "\r\n";
        try (RawHttp http = receiver.connect()) {
            http.send("POST /wx/plain?" + Forge.signed()
                    + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + chunk.repeat(20));

            assertThat(http.untilClosed()).isEqualTo(TOO_LARGE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: application/x-www-form-urlencoded\r\n",
                "Content-Type: multipart/form-data; boundary=x\r\n",
                "Content-Type: multipart/form-data\r\n",
                "Content-Type: application/json\r\n",
                "Content-Type: text/xml; charset=GBK\r\n",
                "Content-Encoding: gzip\r\n"
            })
    void readsTheRawBytesWhateverTheHeadersSay(String headers) throws IOException {
        byte[] body = Forge.utf8(Forge.CLICK.replace("[K]", "[a=b&c%20+d]"));

        String response = receiver.response(
                Forge.post("/wx/plain", Forge.signed(), headers + "Content-Length: " + body.length + "\r\n", body));

        assertThat(response).startsWith("HTTP/1.1 200");
        assertThat(receiver.arrived).hasSize(1);
        assertThat(receiver.arrived.element().toString()).contains("a=b&c%20+d");
    }

    @Test
    void asksForABodyThatWaitsToBeAskedFor() throws IOException {
        byte[] body = Forge.utf8(Forge.CLICK);
        String headers = "Expect: 100-continue\r\nContent-Length: " + body.length + "\r\n";
        try (RawHttp http = receiver.connect()) {
            http.send(Forge.post("/wx/plain", Forge.signed(), headers, new byte[0]));

            assertThat(http.response()).startsWith("HTTP/1.1 100");
            assertThat(http.send(body).response()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void doesNotAskForABodyThatIsTooLargeOrForNobody() throws IOException {
        String headers = "Expect: 100-continue\r\nContent-Length: 100000\r\n";

        assertThat(receiver.response(Forge.post("/wx/plain", Forge.signed(), headers, new byte[0])))
                .startsWith("HTTP/1.1 413");
        assertThat(receiver.response(Forge.post("/wx/nobody", Forge.signed(), headers, new byte[0])))
                .startsWith("HTTP/1.1 404");
    }

    @Test
    void readsABodyThatComesByteByByte() throws IOException {
        byte[] push = Forge.post("/wx/plain", Forge.signed(), Forge.CLICK);
        try (RawHttp http = receiver.connect()) {
            for (byte each : push) {
                http.send(new byte[] {each});
            }

            assertThat(http.response()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void refusesAnUnsignedPushWithoutWaitingForItsBody() throws IOException {
        String head = "POST /wx/plain?" + Forge.signed("other", Forge.NOW) + " HTTP/1.1\r\nHost: x\r\n";

        for (String rest :
                List.of("Content-Length: 60000\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")) {
            try (RawHttp http = receiver.connect()) {
                assertThat(http.send(head + rest).untilClosed())
                        .isEqualTo("HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
            }
        }
        assertThat(receiver.refusals("plain", "signature")).isEqualTo(2);
        assertThat(receiver.journal.newestFirst())
                .allSatisfy(entry -> assertThat(entry.request().body()).isEmpty());
    }

    @Test
    void doesNotAskForTheBodyOfAnUnsignedPush() throws IOException {
        String headers = "Expect: 100-continue\r\nContent-Length: 10\r\n";

        assertThat(receiver.response(Forge.post("/wx/plain", Forge.signed("other", Forge.NOW), headers, new byte[0])))
                .startsWith("HTTP/1.1 403");
    }

    private static byte[] chunked(String body) {
        int half = body.length() / 2;
        String chunks = Integer.toHexString(half) + "\r\n" + body.substring(0, half) + "\r\n"
                + Integer.toHexString(body.length() - half) + "\r\n" + body.substring(half) + "\r\n0\r\n\r\n";
        return Forge.post("/wx/plain", Forge.signed(), "Transfer-Encoding: chunked\r\n", Forge.utf8(chunks));
    }

    private static String push(int bytes) {
        return Forge.CLICK.replace("[K]", "[" + "K".repeat(bytes - Forge.CLICK.length() + 1) + "]");
    }
}
