package io.weir.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class VerificationTest {
    private TestReceiver receiver;

    @BeforeEach
    void start(Vertx vertx) {
        receiver = TestReceiver.start(vertx);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "compatible", "safe"})
    void echoesInAllModesAsHarmlessText(String account) throws IOException {
        String response = receiver.response(Forge.get("/wx/" + account, Forge.signed() + "&echostr=5936258012345"));

        assertThat(response)
                .isEqualTo("HTTP/1.1 200 OK\r\ncontent-type: text/plain; charset=utf-8\r\n"
                        + "X-Content-Type-Options: nosniff\r\ncontent-length: 13\r\n\r\n5936258012345");
    }

    @Test
    void echoesTheDecodedBytes() throws IOException {
        String response = receiver.response(
                Forge.get("/wx/plain", "echostr=%3Cscript%3E+%E4%BD%A0%F0%9F%98%80%26%250a&" + Forge.signed()));

        assertThat(response).endsWith("\r\n\r\n<script> 你😀&%0a").contains("text/plain", "nosniff");
    }

    @Test
    void takesParametersOfTheRegisteredUrlBesideThem() throws IOException {
        String response = receiver.response(Forge.get("/wx/plain", "own=1&own=2&" + Forge.signed() + "&echostr=e&z"));

        assertThat(response).startsWith("HTTP/1.1 200").endsWith("\r\n\r\ne");
    }

    @Test
    void letsNothingIntoTheCorridor() throws IOException {
        receiver.response(Forge.get("/wx/plain", Forge.signed() + "&echostr=e"));

        assertThat(receiver.arrived).isEmpty();
    }
}
