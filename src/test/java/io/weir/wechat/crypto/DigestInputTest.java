package io.weir.wechat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestInputTest {
    private final DigestInput input = new DigestInput(1);

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "gwTokenBlue7", "é", "ab你好cd", "😀", "x\uD800y", "\u007F\u0080"})
    void holdsTextsInUtf8WithTheirLength(String text) {
        byte[] expected = text.getBytes(StandardCharsets.UTF_8);

        input.text(text);
        input.textWithLength(text);
        input.number(-2);

        ByteBuffer all = ByteBuffer.allocate(2 * expected.length + 8);
        all.put(expected).putInt(expected.length).put(expected).putInt(-2);
        assertThat(Arrays.copyOf(input.array(), input.length())).isEqualTo(all.array());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5_000})
    void beginsAnew(int length) {
        input.text("你".repeat(length));

        input.clear();
        input.text("b");

        assertThat(input.length()).isEqualTo(1);
        assertThat(input.array()[0]).isEqualTo((byte) 'b');
    }
}
