package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.client.WeChatException.Kind;
import io.weir.wechat.api.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WeChatExceptionTest {
    @Test
    void keepsEverythingWhenSerialised() throws Exception {
        WeChatException refused =
                WeChatException.refused(ErrorCode.of(40164), "invalid ip 1.2.3.4", Optional.of("1a-2b-3c"));

        WeChatException copy = copy(refused);

        assertThat(copy.kind()).isEqualTo(Kind.REFUSED);
        assertThat(copy.code()).contains(ErrorCode.of(40164));
        assertThat(copy.errmsg()).isEqualTo("invalid ip 1.2.3.4");
        assertThat(copy.rid()).contains("1a-2b-3c");
        assertThat(copy).hasMessage("40164 invalid ip 1.2.3.4");
    }

    @Test
    void keepsThatThereIsNoCodeWhenSerialised() throws Exception {
        WeChatException copy = copy(WeChatException.of(Kind.NO_ANSWER, "no answer"));

        assertThat(copy.code()).isEmpty();
        assertThat(copy.rid()).isEmpty();
        assertThat(copy.getStackTrace()).isEmpty();
    }

    private static WeChatException copy(WeChatException original) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (WeChatException) in.readObject();
        }
    }
}
