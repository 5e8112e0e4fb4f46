package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void showsNothingButRevealsOnRequest() {
        Secret secret = Secret.of("swordfish");

        assertThat(secret).hasToString("***");
        assertThat(secret.reveal()).isEqualTo("swordfish");
    }

    @Test
    void equalsByContentWithAHashCodeThatTellsNothing() {
        Secret secret = Secret.of("swordfish");

        assertThat(secret)
                .isEqualTo(Secret.of("swordfish"))
                .isNotEqualTo(Secret.of("sword"))
                .isNotEqualTo("swordfish");
        assertThat(secret).hasSameHashCodeAs(Secret.of("something else"));
    }
}
