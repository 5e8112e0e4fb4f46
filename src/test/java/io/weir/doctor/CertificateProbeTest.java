package io.weir.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.junit5.VertxExtension;
import io.weir.doctor.Doctor.Finding;
import io.weir.doctor.Doctor.Finding.Level;
import io.weir.redis.Await;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The certificate of the public URL. */
@ExtendWith(VertxExtension.class)
class CertificateProbeTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "0d,   60, https://localhost, OK,   'the certificate of localhost is trusted and lasts 59 days'",
        "0d,    9, https://localhost, WARN, 'the certificate of localhost is trusted and lasts 8 days'",
        "-10d,  2, https://localhost, FAIL, 'the certificate of localhost has expired'",
        "0d,   60, https://127.0.0.1, FAIL, 'the certificate at 127.0.0.1 is for another host'"
    })
    void isJudgedAsWeChatWould(String start, int days, String url, Level level, String words, Vertx vertx)
            throws Exception {
        Path store = make(start, days);

        Finding finding = look(url + ":" + listen(vertx, store), trusting(store));

        assertThat(finding.level()).isEqualTo(level);
        assertThat(finding.found()).isEqualTo(words);
        assertThat(finding.fix().isEmpty()).isEqualTo(level == Level.OK);
    }

    @Test
    void isNotTrustedWhereNobodySignedIt(Vertx vertx) throws Exception {
        int port = listen(vertx, make("0d", 60));

        assertThat(look("https://localhost:" + port, (SSLSocketFactory) SSLSocketFactory.getDefault())
                        .found())
                .isEqualTo("the certificate of localhost is not signed by a CA that this JVM trusts");
    }

    @Test
    void aHostThatIsNotThereAndOneThatDoesNotListenAreTold() throws Exception {
        SSLSocketFactory any = (SSLSocketFactory) SSLSocketFactory.getDefault();

        assertThat(look("https://weir-doctor.invalid", any).found())
                .isEqualTo("the host weir-doctor.invalid of push.publicUrl has no address");
        assertThat(look("https://127.0.0.1:1", any).found()).isEqualTo("nothing answers at 127.0.0.1:1");
        assertThat(look("http://127.0.0.1", any).level()).isEqualTo(Level.WARN);
    }

    private static Finding look(String url, SSLSocketFactory sockets) {
        List<Finding> findings = Await.result(new CertificateProbe(URI.create(url), sockets, Clock.systemUTC()).look());
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private static int listen(Vertx vertx, Path store) {
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions().setPath(store.toString()).setPassword(PASSWORD));
        HttpServer server = vertx.createHttpServer(options)
                .requestHandler(request -> request.response().end());
        return Await.result(server.listen(0, "127.0.0.1")).actualPort();
    }

    private static SSLSocketFactory trusting(Path store) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "it",
                KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()).getCertificate("it"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), new SecureRandom());
        return context.getSocketFactory();
    }

    private Path make(String start, int days) throws Exception {
        Path store = folder.resolve("store.p12");
        List<String> keytool = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        keytool.addAll(List.of("-alias", "it", "-keyalg", "EC", "-dname", "CN=it", "-ext", "san=dns:localhost"));
        keytool.addAll(List.of("-startdate", start.startsWith("-") ? start : "-0d", "-validity", String.valueOf(days)));
        keytool.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(keytool)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return store;
    }
}
