package io.weir.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.client.LogCapture;
import io.weir.receiver.PushAccess.Tls;
import io.weir.redis.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** TLS on the push port, and its certificate's renewal. */
@ExtendWith(VertxExtension.class)
class ServerCertificateTest {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final String PASSWORD = "changeit";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private Tls files;
    private static Tls first;
    private static Tls second;

    @BeforeAll
    @SuppressWarnings("NullAway") // set by JUnit
    static void make(@TempDir Path made) throws Exception {
        first = certificate(made, "first.example", "EC");
        second = certificate(made, "second.example", "EC");
    }

    @BeforeEach
    void install() throws IOException {
        files = new Tls(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        put(first.cert(), files.cert());
        put(first.key(), files.key());
    }

    @Test
    void answersPushesOverTls(Vertx vertx) throws Exception {
        TestReceiver receiver = start(vertx);

        assertThat(exchange(receiver, Forge.post("/wx/plain", Forge.signed(), Forge.CLICK)))
                .startsWith("HTTP/1.1 200")
                .contains(TestReceiver.ANSWERED);
        assertThat(exchange(receiver, Forge.utf8("GET / HTTP/1.1\r\n\r\n"))).startsWith("HTTP/1.1 400");
        assertThat(receiver.arrived).hasSize(1);
    }

    @Test
    void showsARenewedCertificateWithoutARestart(Vertx vertx) throws Exception {
        TestReceiver receiver = start(vertx);
        assertThat(shown(receiver)).isEqualTo("CN=first.example");

        put(second.cert(), files.cert());
        put(second.key(), files.key());

        Await.until("the new one", () -> shown(receiver).equals("CN=second.example"));
        assertThat(exchange(receiver, Forge.post("/wx/plain", Forge.signed(), Forge.CLICK)))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void keepsTheOldOneWhereTheNewOneIsUnusableAndSaysSoOnce(Vertx vertx) throws Exception {
        TestReceiver receiver = start(vertx);
        try (LogCapture log = LogCapture.atItsLevel("io.weir.receiver")) {
            put(second.cert(), files.cert());
            Await.until("told", () -> !log.events().isEmpty());
            assertThat(log.text(0))
                    .contains("key.pem is not that of the certificate in", "shows the previous one")
                    .doesNotContain("PRIVATE");
            assertThat(shown(receiver)).isEqualTo("CN=first.example");

            Files.writeString(files.cert(), "-----BEGIN CERTIFICATE-----\nhush\n");
            Await.until("told again", () -> log.events().size() > 1);
            assertThat(log.text(1)).contains("expected a certificate in").doesNotContain("hush");
            assertThat(shown(receiver)).isEqualTo("CN=first.example");

            put(second.cert(), files.cert());
            put(second.key(), files.key());
            Await.until("the new one", () -> shown(receiver).equals("CN=second.example"));
            assertThat(log.events())
                    .extracting(ILoggingEvent::getMessage)
                    .endsWith("the push port shows a new certificate");
        }
    }

    @Test
    void refusesAKeyOfAnotherCertificateAtTheStart(Vertx vertx) throws IOException {
        put(second.key(), files.key());

        assertThatThrownBy(() -> Await.result(ServerCertificate.load(vertx, files)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not that of the certificate in");
    }

    @Test
    void refusesAKeyOfAnotherKind(@TempDir Path made, Vertx vertx) throws Exception {
        put(certificate(made, "third.example", "RSA").key(), files.key());

        assertThatThrownBy(() -> Await.result(ServerCertificate.load(vertx, files)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the private key that belongs to it in");
    }

    @Test
    void knowsWhenItEnds(Vertx vertx) {
        assertThat(Await.result(ServerCertificate.load(vertx, files)).ends()).isAfter(Instant.now());
    }

    private static Tls certificate(Path folder, String name, String algorithm) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "it",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=" + name,
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(20, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        return new Tls(
                pem(
                        folder.resolve(name + ".pem"),
                        "CERTIFICATE",
                        keys.getCertificate("it").getEncoded()),
                pem(
                        folder.resolve(name + ".key"),
                        "PRIVATE KEY",
                        keys.getKey("it", PASSWORD.toCharArray()).getEncoded()));
    }

    private static Path pem(Path file, String what, byte[] content) throws IOException {
        return Files.writeString(
                file,
                "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + what + "-----\n");
    }

    private TestReceiver start(Vertx vertx) {
        PushAccess access = new PushAccess(false, List.of(), List.of(), Optional.empty(), Optional.of(files));
        PushConfig base = PushConfig.DEFAULT;
        PushConfig config = new PushConfig(
                "127.0.0.1",
                0,
                base.path(),
                base.maxBodyBytes(),
                base.deadline(),
                base.timestampWindow(),
                base.drain(),
                access,
                base.publicUrl());
        TestReceiver receiver = TestReceiver.start(vertx, config);
        Await.result(vertx.deployVerticle(
                PushServer.renewals(config, receiver.server, LOOK).orElseThrow()));
        return receiver;
    }

    private static void put(Path from, Path to) throws IOException {
        Path beside = to.resolveSibling("new");
        Files.copy(from, beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String shown(TestReceiver receiver) {
        try (SSLSocket socket = connect(receiver)) {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .toString();
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String exchange(TestReceiver receiver, byte[] request) throws Exception {
        try (SSLSocket socket = connect(receiver)) {
            socket.getOutputStream().write(request);
            byte[] buffer = new byte[4_096];
            int read = socket.getInputStream().read(buffer);
            return new String(buffer, 0, Math.max(0, read), StandardCharsets.UTF_8);
        }
    }

    private static SSLSocket connect(TestReceiver receiver) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", receiver.port());
        socket.setSoTimeout(10_000);
        socket.startHandshake();
        return socket;
    }

    /** What is shown matters here, not who has signed it. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
