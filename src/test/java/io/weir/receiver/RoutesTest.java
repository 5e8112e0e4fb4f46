package io.weir.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.client.LogCapture;
import io.weir.http.RawHttp;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

@ExtendWith(VertxExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesTest {
    private static final String HEAD = " HTTP/1.1\r\nHost: x\r\n";

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
                "/",
                "/wx",
                "/wx/",
                "/wx/nobody",
                "/wx/PLAIN",
                "/wx/plain/",
                "/wx/plain/x",
                "//wx/plain",
                "/wx//plain",
                "/wx/../wx/plain",
                "/wx/./plain",
                "/wx/%70lain",
                "/w%78/plain",
                "/wx%2fplain",
                "/wx/plain%00",
                "/wx/plain;x",
                "/wx/plain%20",
                "/xx/plain",
                "wx/plain",
                "*"
            })
    void knowsNoOtherPath(String path) throws IOException {
        String notFound = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";

        assertThat(receiver.response(Forge.get(path, Forge.signed() + "&echostr=e")))
                .isEqualTo(notFound);
        assertThat(receiver.response(Forge.post(path, Forge.signed(), Forge.CLICK)))
                .isEqualTo(notFound.replace("content-length", "connection: close\r\ncontent-length"));
        assertThat(receiver.arrived).isEmpty();
    }

    /** A registered URL without its last part is a slip that an operator looks for in the log. */
    @ParameterizedTest
    @ValueSource(strings = {"/wx", "/wx?signature=x", "/wx/", "/wx/nobody"})
    void notesPathsThatNameNoAccount(String path) throws IOException {
        double before = receiver.count("weir.unknown.accounts");

        assertThat(receiver.response(Forge.utf8("GET " + path + HEAD + "\r\n"))).startsWith("HTTP/1.1 404");

        assertThat(receiver.count("weir.unknown.accounts")).isEqualTo(before + 1);
    }

    /** The registered URL has another path than push.path; a scanner's request for it is none of ours. */
    @Test
    void notesSignedRequestsBesideThePathOncePerShape(Vertx vertx) throws IOException {
        TestReceiver own = TestReceiver.start(vertx);
        double before = own.count("weir.unknown.accounts");

        try (LogCapture log = LogCapture.atItsLevel(Refusals.class.getName())) {
            for (int i = 0; i < 3; i++) {
                own.response(Forge.post("/wechat/callback" + i + "/plian", Forge.signed(), Forge.CLICK));
            }
            own.response(Forge.get("/.env", "page=1"));

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains(
                            "no account at this path",
                            "/wechat/callback0/plian",
                            "the URL of account plain ends in /wx/plain");
        }
        assertThat(own.count("weir.unknown.accounts")).isEqualTo(before + 3);
    }

    @Test
    void notesAtMostSomeShapesOfPaths(Vertx vertx) throws IOException {
        TestReceiver own = TestReceiver.start(vertx);

        try (LogCapture log = LogCapture.atItsLevel(Refusals.class.getName())) {
            for (int i = 0; i < 60; i++) {
                own.response(Forge.get("/" + "abcdefgh".charAt(i % 8) + "z".repeat(i), Forge.signed()));
            }

            assertThat(log.lines()).hasSizeBetween(1, 20);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "BREW"})
    void takesNoOtherMethod(String method) throws IOException {
        assertThat(receiver.response(Forge.utf8(method + " /wx/plain?" + Forge.signed() + HEAD + "\r\n")))
                .isEqualTo("HTTP/1.1 405 Method Not Allowed\r\nallow: GET, POST\r\ncontent-length: 0\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, true",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01, false",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0, false",
        "x, false"
    })
    void tellsTheHandlerWhatAProxyCallsTheRequestBy(String traceparent, boolean valid) throws IOException {
        byte[] body = Forge.utf8(Forge.CLICK.replace("[K]", "[" + traceparent + "]"));
        String headers = "traceparent: " + traceparent + "\r\nContent-Length: " + body.length + "\r\n";

        assertThat(receiver.response(Forge.post("/wx/plain", Forge.signedAnew(), headers, body)))
                .startsWith("HTTP/1.1 200");

        assertThat(receiver.traceparents).endsWith(valid ? traceparent : "none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET *", "OPTIONS *", "CONNECT x:443", "CONNECT *", "GET http://x", "GET x", "GET ?", "HEAD //"})
    void answersOddTargetsWithoutALineInTheLog(String target) throws IOException {
        try (LogCapture log = LogCapture.atItsLevel(Logger.ROOT_LOGGER_NAME)) {
            assertThat(receiver.response(Forge.utf8(target + HEAD + "\r\n"))).matches("(?s)HTTP/1.1 40[045] .*");
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void answersHeadWithoutABody() throws IOException {
        assertThat(receiver.response(Forge.utf8("HEAD /wx/plain" + HEAD + "\r\n")))
                .isEqualTo("HTTP/1.1 405 Method Not Allowed\r\nallow: GET, POST\r\n\r\n");
    }

    @Test
    void answersNothingBehindAnAnswerThatDidNotWaitForTheBody() throws IOException {
        byte[] push = Forge.post("/wx/plain", Forge.signed(), Forge.CLICK);

        try (RawHttp http = receiver.connect()) {
            http.send("PUT /wx/plain" + HEAD + "Content-Length: 3\r\n\r\nabc").send(push);

            assertThat(http.untilClosed()).startsWith("HTTP/1.1 405").containsOnlyOnce("HTTP/1.1");
        }
        assertThat(receiver.arrived).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            })
    void followsNoUpgrade(String upgrade) throws IOException {
        String response = receiver.response(
                Forge.utf8("GET /wx/plain?" + Forge.signed() + "&echostr=e" + HEAD + upgrade + "\r\n\r\n"));

        assertThat(response).matches("(?s)HTTP/1.1 (200|400) .*").doesNotContainIgnoringCase("upgrade");
    }
}
