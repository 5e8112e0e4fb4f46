package io.weir.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {
    private static final String TYPE = "multipart/form-data; boundary=b";
    private static final String MEDIA = "Content-Disposition: form-data; name=\"media\"; filename=\"a.png\"";

    @Test
    void findsAFile() {
        assertThat(Multipart.parts(incoming(TYPE, MEDIA))).singleElement().satisfies(part -> {
            assertThat(part.fileName()).hasValue("a.png");
            assertThat(part.body()).hasToString("hello");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                MEDIA + "\r\nContent-Type: image/png; charset=@@",
                "Content-Disposition: form-data; name=\"a\"\r\nContent-Type: multipart/mixed",
                "Content-Disposition: form-data; filename=\"x\"",
                ""
            })
    void hasNoPartsWhenOneOfThemCannotBe(String head) {
        assertThat(Multipart.parts(incoming(TYPE, head))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=", "multipart/form-data; boundary=b;charset=zz"})
    void hasNoPartsWhenItsTypeCannotBe(String contentType) {
        assertThat(Multipart.parts(incoming(contentType, MEDIA))).isEmpty();
    }

    private static IncomingCall incoming(String contentType, String head) {
        Buffer body = Buffer.buffer("--b\r\n" + head + "\r\n\r\nhello\r\n--b--\r\n");
        return new IncomingCall("POST", "/cgi-bin/media/upload", Map.of(), contentType, body, "127.0.0.1");
    }
}
