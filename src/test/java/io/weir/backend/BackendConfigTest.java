package io.weir.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.backend.BackendConfig.Json;
import io.weir.backend.BackendConfig.WeChat;
import io.weir.config.Environment;
import io.weir.config.Problem;
import io.weir.config.Problems;
import io.weir.config.Section;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.message.PushType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendConfigTest {
    private static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    private final Problems problems = new Problems();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void hasDefaultsForAllButTheUrlAndTheSecret() {
        BackendConfig shop = valid("shop: { url: \"https://shop.internal/wechat\", secret: " + SECRET + " }");

        assertThat(shop.name()).isEqualTo("shop");
        assertThat(shop.url()).isEqualTo(URI.create("https://shop.internal/wechat"));
        assertThat(((Json) shop.dialect()).secrets()).hasSize(1);
        assertThat(shop.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(shop.maxInFlight()).isEqualTo(200);
        assertThat(shop.copies()).isEmpty();
        assertThat(shop.tls()).isEqualTo(BackendConfig.Tls.DEFAULT);
    }

    @Test
    void takesEveryKey() throws IOException {
        Files.writeString(folder.resolve("ca.pem"), "");
        Files.writeString(folder.resolve("me.pem"), "");
        Files.writeString(folder.resolve("me.key"), "");

        BackendConfig shop =
                valid("shop: { url: \"https://a/b?c=d\", format: json, secret: [" + SECRET + ", \"${OLD}\"],"
                        + " timeout: 55s, maxInFlight: 7, copies: [subscribe, CLICK, unknown],"
                        + " tls: { ca: ca.pem, cert: me.pem, key: me.key } }");

        assertThat(((Json) shop.dialect()).secrets()).hasSize(2);
        assertThat(shop.timeout()).isEqualTo(Duration.ofSeconds(55));
        assertThat(shop.maxInFlight()).isEqualTo(7);
        assertThat(shop.copies()).isEqualTo(Set.of(PushType.SUBSCRIBE, PushType.CLICK, PushType.UNKNOWN));
        assertThat(shop.tls().ca()).contains(folder.resolve("ca.pem"));
        assertThat(shop.tls().cert()).contains(folder.resolve("me.pem"));
        assertThat(shop.tls().key()).contains(folder.resolve("me.key"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', PLAINTEXT",
        "', encodingAesKey: KEY', SAFE",
        "', encodingAesKey: KEY, mode: compatible', COMPATIBLE"
    })
    void takesTheModeOfAnOlderSystemFromItsKeyUnlessItIsSaid(String rest, Mode mode) {
        BackendConfig legacy = valid("legacy: { url: \"http://10.0.0.5/wx\", format: wechat, token: legacyToken"
                + rest.replace("KEY", AES_KEY) + " }");

        WeChat dialect = (WeChat) legacy.dialect();
        assertThat(dialect.token().reveal()).isEqualTo("legacyToken");
        assertThat(dialect.mode()).isEqualTo(mode);
        assertThat(dialect.aesKey().isPresent()).isEqualTo(mode != Mode.PLAINTEXT);
    }

    @Test
    void takesABlankKeyForNone() {
        BackendConfig legacy =
                valid("legacy: { url: \"http://a\", format: wechat, token: tok3n, encodingAesKey: \"${UNSET:}\" }");

        assertThat(((WeChat) legacy.dialect()).mode()).isEqualTo(Mode.PLAINTEXT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "secret: S                              | backends.b.url: found nothing; expected a value, which is required",
                "url: \"ftp://a\", secret: S            | backends.b.url: found \"ftp://a\"; expected a URI with a host",
                "url: \"http:///b\", secret: S          | backends.b.url: found \"http:///b\"; expected a URI with a host",
                "url: \"http://me:pw@a\", secret: S     | backends.b.url: found a secret value; expected a URL without user",
                "url: \"http://a#b\", secret: S         | backends.b.url: found \"http://a#b\"; expected a URL without",
                "url: \"http://a\"                      | backends.b.secret: found nothing; expected a value",
                "url: \"http://a\", secret: abc         | backends.b.secret: found a secret value; expected whsec_",
                "url: \"http://a\", secret: whsec_AAEC  | backends.b.secret: found a secret value; expected whsec_",
                "url: \"http://a\", secret: whsec_%%    | backends.b.secret: found a secret value; expected whsec_",
                "url: \"http://a\", secret: [S, whsec_AAEC] | backends.b.secret: found a list",
                "url: \"http://a\", secret: S, token: tok3n | backends.b.token: found a secret value; expected nothing here",
                "url: \"http://a\", secret: S, timeout: 56s | backends.b.timeout: found \"56s\"; expected a duration from 100ms",
                "url: \"http://a\", secret: S, maxInFlight: 0 | backends.b.maxInFlight: found \"0\"; expected a whole number",
                "url: \"http://a\", secret: S, copies: [click] | backends.b.copies: found a list: \"click\"; expected kinds",
                "url: \"http://a\", secret: S, retries: 3 | backends.b.retries: found an unknown key; expected",
                "url: \"http://a\", secret: S, tls: { ca: a.pem } | backends.b.tls: found a map; expected nothing here",
                "url: \"https://a\", secret: S, tls: { ca: a.pem } | backends.b.tls.ca: found \"a.pem\"; expected a PEM file",
                "url: \"http://a\", format: xml, secret: S | backends.b.format: found \"xml\"; expected json or wechat",
                "url: \"http://a\", format: wechat      | backends.b.token: found nothing; expected a value",
                "url: \"http://a\", format: wechat, token: tok3n, mode: safe | backends.b.encodingAesKey: found nothing",
                "url: \"http://a\", format: wechat, token: tok3n, encodingAesKey: abc | backends.b.encodingAesKey: found a secret",
                "url: \"http://a\", format: wechat, token: tok3n, secret: S | backends.b.secret: found a secret value; expected nothing",
            })
    void refuses(String backend, String problem) {
        List<BackendConfig> read = read("b: { " + backend.replaceAll("\\bS\\b", SECRET) + " }");

        assertThat(read).isEmpty();
        assertThat(texts()).anySatisfy(text -> assertThat(text).contains(problem.strip()));
        assertThat(texts()).noneSatisfy(text -> assertThat(text).containsAnyOf("pw", "whsec_A"));
    }

    @Test
    void saysHowAKindIsWritten() {
        read("b: { url: \"http://a\", secret: " + SECRET + ", copies: [click] }");

        assertThat(texts().get(0)).endsWith("did you mean \"CLICK\"?");
    }

    @Test
    void warnsOfABackendThatNobodyAsksAndThatGetsNoCopies() {
        Section root =
                root("asked: { url: \"http://a\" }", "copied: { copies: [CLICK] }", "idle: { url: \"http://a\" }");

        BackendConfig.warnOfUnused(root, Set.of("asked"));

        assertThat(problems.errors()).isEmpty();
        assertThat(texts()).hasSize(1);
        assertThat(texts().get(0)).contains(":4: warning: backends.idle:", "{ backend: idle }");
    }

    @Test
    void knowsTheNamesOfThoseWithErrors() {
        assertThat(BackendConfig.names(root("a: { url: x }", "b: {}"))).containsExactly("a", "b");
    }

    private BackendConfig valid(String backend) {
        List<BackendConfig> read = read(backend);
        assertThat(texts()).isEmpty();
        return read.get(0);
    }

    private List<BackendConfig> read(String backend) {
        return BackendConfig.readAll(root(backend));
    }

    private Section root(String... backends) {
        String file = folder.resolve("weir.yaml").toString();
        Environment environment = Environment.of(Map.of("OLD", SECRET));
        return Section.parse(file, "backends:\n  " + String.join("\n  ", backends), environment, problems);
    }

    private List<String> texts() {
        return problems.all().stream().map(Problem::text).toList();
    }
}
