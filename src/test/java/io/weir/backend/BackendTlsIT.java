package io.weir.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import io.weir.backend.BackendConfig.Json;
import io.weir.backend.BackendConfig.Tls;
import io.weir.backend.BackendException.Kind;
import io.weir.config.Secret;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A backend behind TLS, with certificates that the JVM does not trust. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackendTlsIT {
    private static final String PASSWORD = "password";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Path folder;

    private final Vertx vertx = Vertx.vertx();

    @BeforeAll
    void makeCertificates(@TempDir Path temporary) throws Exception {
        folder = temporary;
        certificate("backend");
        certificate("weir");
    }

    @AfterAll
    void close() {
        join(vertx.close());
    }

    @Test
    void trustsWhomTheConfigurationNamesAndNobodyElse() {
        int port = serve(ClientAuth.NONE);

        assertThat(ask("https://localhost:" + port + "/", tls(false))).isEqualTo(Reply.text("hi"));
        assertThatThrownBy(() -> ask("https://localhost:" + port + "/", Tls.DEFAULT))
                .hasRootCauseInstanceOf(BackendException.class)
                .rootCause()
                .extracting(failure -> ((BackendException) failure).kind())
                .isEqualTo(Kind.TLS);
        assertThatThrownBy(() -> ask("https://127.0.0.1:" + port + "/", tls(false)))
                .rootCause()
                .extracting(failure -> ((BackendException) failure).kind())
                .isEqualTo(Kind.TLS);
    }

    @Test
    void showsItsCertificateWhereTheBackendAsksForOne() {
        int port = serve(ClientAuth.REQUIRED);

        assertThat(ask("https://localhost:" + port + "/", tls(true))).isEqualTo(Reply.text("hi"));
        assertThatThrownBy(() -> ask("https://localhost:" + port + "/", tls(false)))
                .hasRootCauseInstanceOf(BackendException.class);
    }

    private Tls tls(boolean withCertificate) {
        Optional<Path> certificate = Optional.of(folder.resolve("weir.pem")).filter(each -> withCertificate);
        Optional<Path> key = Optional.of(folder.resolve("weir.key")).filter(each -> withCertificate);
        return new Tls(Optional.of(folder.resolve("backend.pem")), certificate, key);
    }

    private int serve(ClientAuth clientAuth) {
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions()
                        .setPath(folder.resolve("backend.p12").toString())
                        .setPassword(PASSWORD))
                .setTrustOptions(new PemTrustOptions()
                        .addCertPath(folder.resolve("weir.pem").toString()))
                .setClientAuth(clientAuth);
        return join(vertx.createHttpServer(options)
                        .requestHandler(request -> request.response()
                                .putHeader("content-type", "application/json")
                                .end("{\"text\":\"hi\"}"))
                        .listen(0, "localhost"))
                .actualPort();
    }

    private Reply ask(String url, Tls tls) {
        BackendConfig config = new BackendConfig(
                "shop",
                URI.create(url),
                new Json(List.of(Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))),
                Duration.ofSeconds(20),
                5,
                Set.of(),
                tls);
        BackendClient client = new BackendClient(
                vertx, List.of(config), Map.of(), new SimpleMeterRegistry(), Clock.systemUTC(), bytes -> {});
        Promise<Reply> reply = Promise.promise();
        vertx.runOnContext(run -> client.ask("shop", Deliveries.of(Samples.event("CLICK", "<EventKey>K</EventKey>")))
                .onComplete(reply));
        return join(reply.future());
    }

    /** A certificate for localhost, signed by itself: {@code NAME.p12}, {@code NAME.pem} and {@code NAME.key}. */
    private void certificate(String name) throws IOException, InterruptedException, GeneralSecurityException {
        String store = name + ".p12";
        keytool(
                store,
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost");
        keytool(
                store,
                "-exportcert",
                "-rfc",
                "-alias",
                name,
                "-file",
                folder.resolve(name + ".pem").toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(store))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        byte[] key = keys.getKey(name, PASSWORD.toCharArray()).getEncoded();
        Files.writeString(
                folder.resolve(name + ".key"),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private void keytool(String store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", folder.resolve(store).toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
