package io.weir.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignerTest {
    /** The example of the Standard Webhooks libraries. */
    private static final Secret SECRET = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void signsAsTheLibrariesDo() {
        assertThat(new WebhookSigner(List.of(SECRET)).sign(ID, 1_614_265_330, BODY))
                .isEqualTo(SIGNATURE);
    }

    @Test
    void signsWithBothSecretsDuringARotation() {
        Secret next = secret(32);

        String both = new WebhookSigner(List.of(next, SECRET)).sign(ID, 1_614_265_330, BODY);

        assertThat(both).isEqualTo(new WebhookSigner(List.of(next)).sign(ID, 1_614_265_330, BODY) + " " + SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 32, 64})
    void takes(int bytes) {
        assertThat(WebhookSigner.isSecret(secret(bytes))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 23, 65})
    void refuses(int bytes) {
        assertThat(WebhookSigner.isSecret(secret(bytes))).isFalse();
    }

    private static Secret secret(int bytes) {
        return Secret.of("whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]));
    }
}
