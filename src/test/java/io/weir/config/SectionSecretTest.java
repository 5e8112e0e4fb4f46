package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SectionSecretTest {

    @Test
    void readsASecretOrAList() {
        ParsedText reading = ParsedText.of("a: hush\nb: [new, '', old]\nc:");

        assertThat(reading.root().secret("a")).contains(Secret.of("hush"));
        assertThat(reading.root().requiredSecret("a")).isEqualTo(Secret.of("hush"));
        assertThat(reading.root().secrets("a")).containsExactly(Secret.of("hush"));
        assertThat(reading.root().requiredSecrets("b")).containsExactly(Secret.of("new"), Secret.of("old"));
        assertThat(reading.root().secret("c")).isEmpty();
        assertThat(reading.root().secrets("c")).isEmpty();
        assertThat(reading.texts()).isEmpty();
    }

    @Test
    void takesABlankSecretAsAbsent() {
        ParsedText reading = ParsedText.of("a: ${SET}\nb: ${UNSET:}\nc: ' '", Map.of("SET", " "));

        assertThat(reading.root().secret("a")).isEmpty();
        assertThat(reading.root().secret("b")).isEmpty();
        assertThat(reading.root().secret("c")).isEmpty();
        assertThat(reading.texts()).isEmpty();
    }

    @Test
    void namesTheBlankVariableOfARequiredSecret() {
        ParsedText reading = ParsedText.of("a: ${SET}\nb: ['${SET}']\nc:\nd: []\ne: ''", Map.of("SET", ""));

        assertThat(reading.root().requiredSecret("a")).isEqualTo(Secret.of(""));
        assertThat(reading.root().requiredSecrets("b")).isEmpty();
        assertThat(reading.root().requiredSecrets("c")).isEmpty();
        assertThat(reading.root().requiredSecrets("d")).isEmpty();
        assertThat(reading.root().requiredSecret("e")).isEqualTo(Secret.of(""));

        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:1: a: found ${SET}, which is blank; expected a value, which is required",
                        "weir.yaml:2: b: found a list: ${SET}, which is blank; expected a value, which is required",
                        "weir.yaml:3: c: found nothing; expected a value, which is required",
                        "weir.yaml:4: d: found an empty list; expected a value, which is required",
                        "weir.yaml:5: e: found an empty text; expected a value, which is required");
    }

    @Test
    void reportsAnUnsetVariableOnce() {
        ParsedText reading = ParsedText.of("a: ${APP_SECRET}");

        assertThat(reading.root().requiredSecret("a")).isEqualTo(Secret.of(""));

        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:1: a: found ${APP_SECRET}, which is not set; expected the environment variable"
                                + " APP_SECRET; set it or give a default: ${APP_SECRET:default}");
    }

    @Test
    void hidesSecretsInTheCallersOwnProblems() {
        ParsedText reading = ParsedText.of("a: hush\nb: ${B}\nc: [hush, '${B}', {x: hush}]", Map.of("B", "hush"));
        assertThat(reading.root().secret("a")).isPresent();
        assertThat(reading.root().secret("b")).isPresent();
        assertThat(reading.root().secrets("c")).hasSize(2);

        reading.root().problem("a", "expected 43 characters");
        reading.root().problem("b", "expected 43 characters");
        reading.root().problem("c", "expected 43 characters");

        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:1: a: found a secret value; expected 43 characters",
                        "weir.yaml:2: b: found ${B}; expected 43 characters",
                        "weir.yaml:3: c[2]: found a map; expected a single value",
                        "weir.yaml:3: c: found a list: a secret value, ${B}, a map; expected 43 characters");
    }

    @Test
    void hidesWhatAVariableWithASecretSoundingNamePutIntoAPlainKey() {
        ParsedText reading = ParsedText.of(
                "a: ${WEIR_TOKEN}\nb: x${REDIS_PASSWORD}", Map.of("WEIR_TOKEN", "hush", "REDIS_PASSWORD", "hush"));

        assertThat(reading.root().flag("a", true)).isTrue();
        assertThat(reading.root().flag("b", true)).isTrue();

        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:1: a: found ${WEIR_TOKEN}; expected true or false",
                        "weir.yaml:2: b: found ${REDIS_PASSWORD}; expected true or false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m: {token:hush}",
                "m: {token=hush, a: 1}",
                "m: {token：hush}",
                "m:\n  token:hush",
                "m:\n  - token:hush",
                "m: !hush x",
                "m: &hush x",
                "m: *hush",
                "m: %hush",
                "m: |hush",
                "m: \"hush",
                "m: \"\\hush\"",
                "m: 'hush'hush",
                "m: @hush",
                "m: a: hush",
                "m: !<hush x",
                "m: !hu%sh x",
                "token:hush\nb: 1",
                "? [hush]\n: hush",
                "m: hush\u0001",
                "m: {token: hush}\nm: hush",
                "m: hush\n---\nhush: 1",
                "<<: hush",
                "- hush",
                "hush",
                "%hush\n--- x",
                "m: ${hush",
                "m: ${hush!}",
                "m: ${A:${hush}}"
            })
    void neverQuotesAMalformedLine(String yaml) {
        ParsedText reading = ParsedText.of(yaml);
        Section root = reading.root();

        assertThat(root.section("m").secrets("token")).hasSizeLessThan(2);
        assertThat(root.list("m")).hasSizeLessThan(2);
        assertThat(root.secrets("m")).hasSizeLessThan(2);
        root.refuseUnknownKeys();

        assertThat(reading.texts())
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text).doesNotContainIgnoringCase("hu"));
    }
}
