package io.weir.wechat.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.wechat.codec.Refusal.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushQueryTest {

    @Test
    void readsWeChatsParametersInAnyOrderBesideOthers() throws Refusal {
        PushQuery query = PushQuery.parse(
                "shop=1&shop=2&nonce=9&openid=oA&timestamp=0017&signature=ab&encrypt_type=aes&msg_signature=cd&echostr=x%2By");

        assertThat(query.signature()).isEqualTo("ab");
        assertThat(query.timestamp()).isEqualTo("0017");
        assertThat(query.nonce()).isEqualTo("9");
        assertThat(query.openid()).contains("oA");
        assertThat(query.encryptType()).contains("aes");
        assertThat(query.msgSignature()).contains("cd");
        assertThat(query.echostr()).contains("x+y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "signature=a&timestamp=1",
                "signature=a&nonce=1",
                "timestamp=1&nonce=1",
                "signature=&timestamp=1&nonce=1",
                "signature&timestamp=1&nonce=1",
                "signature=a&timestamp=1&nonce=",
                "Signature=a&timestamp=1&nonce=1",
                "signature=a&signature=a&timestamp=1&nonce=1",
                "signature=a&timestamp=1&timestamp=2&nonce=1",
                "signature=a&timestamp=1&nonce=1&non%63e=1",
                "signature=a&timestamp=1&nonce=1&encrypt_type=aes&encrypt_type=raw",
                "signature=a&timestamp=1&nonce=1&msg_signature=a&msg_signature=b",
                "signature=a&timestamp=1&nonce=1&openid=a&openid=b",
                "signature=a&timestamp=1&nonce=%zz",
                "signature=a&timestamp=1&nonce=%2",
            })
    void refusesMissingRepeatedAndUnreadableParameters(String query) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> PushQuery.parse(query));

        assertThat(refusal.refusalCause()).isEqualTo(Cause.QUERY);
    }
}
