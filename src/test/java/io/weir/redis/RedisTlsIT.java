package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis behind TLS: the binary at hand has none, so a small server in front of it does that part. */
class RedisTlsIT {
    private static final String PASSWORD = "changeit";

    private final Vertx vertx = Vertx.vertx();
    private final RedisServer redis = RedisServer.start();

    @TempDir
    Path folder;

    private int port;

    @BeforeEach
    void listen() throws Exception {
        Path store = folder.resolve("server.p12");
        keytool(
                store,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "redis",
                "-dname",
                "CN=redis",
                "-validity",
                "2",
                "-ext",
                "san=ip:127.0.0.1");
        keytool(
                store,
                "-exportcert",
                "-rfc",
                "-alias",
                "redis",
                "-file",
                folder.resolve("ca.pem").toString());
        PfxOptions key = new PfxOptions().setPath(store.toString()).setPassword(PASSWORD);
        NetServer server =
                vertx.createNetServer(new NetServerOptions().setSsl(true).setKeyCertOptions(key));
        server.connectHandler(this::forward);
        port = Await.result(server.listen(0, "127.0.0.1")).actualPort();
    }

    @AfterEach
    void close() {
        redis.close();
        Await.result(vertx.close());
    }

    @Test
    void speaksTls() {
        RedisLink link = open(Optional.of(folder.resolve("ca.pem").toString()), "127.0.0.1");

        assertThat(Await.result(link.send("SET", "k", "v")).text()).contains("OK");
        assertThat(redis.command("GET", "k")).contains("v");
        link.close();
    }

    @Test
    void doesNotTalkToWhoHasNoTrustedCertificate() {
        RedisLink link = open(Optional.empty(), "127.0.0.1");

        assertThat(link.state().fault()).contains(RedisFault.CERTIFICATE);
        assertThat(link.state().error()).contains("Redis's certificate is not signed by a CA that is trusted");
        link.close();
    }

    @Test
    void doesNotTalkToWhoHasACertificateForAnotherHost() {
        RedisLink link = open(Optional.of(folder.resolve("ca.pem").toString()), "localhost");

        assertThat(link.state().fault()).contains(RedisFault.CERTIFICATE);
        assertThat(link.state().error()).contains("Redis's certificate is for another host");
        link.close();
    }

    @Test
    void doesNotTalkToWhoseCertificateHasExpired() throws Exception {
        Path ca = folder.resolve("ca.p12");
        Path store = folder.resolve("expired.p12");
        Path request = folder.resolve("request.pem");
        Path chain = folder.resolve("chain.pem");
        keytool(ca, "-genkeypair", "-keyalg", "EC", "-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c");
        keytool(ca, "-exportcert", "-rfc", "-alias", "ca", "-file", chain.toString());
        keytool(store, "-genkeypair", "-keyalg", "EC", "-alias", "redis", "-dname", "CN=redis");
        keytool(store, "-certreq", "-alias", "redis", "-file", request.toString());
        Path signed = folder.resolve("signed.pem");
        keytool(
                ca,
                "-gencert",
                "-rfc",
                "-alias",
                "ca",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString(),
                "-startdate",
                "-10d",
                "-validity",
                "2",
                "-ext",
                "san=ip:127.0.0.1");
        keytool(store, "-importcert", "-noprompt", "-alias", "ca", "-file", chain.toString());
        keytool(store, "-importcert", "-noprompt", "-alias", "redis", "-file", signed.toString());
        PfxOptions key = new PfxOptions().setPath(store.toString()).setPassword(PASSWORD);
        NetServer server =
                vertx.createNetServer(new NetServerOptions().setSsl(true).setKeyCertOptions(key));
        server.connectHandler(this::forward);
        port = Await.result(server.listen(0, "127.0.0.1")).actualPort();

        RedisLink link = open(Optional.of(chain.toString()), "127.0.0.1");

        assertThat(link.state().fault()).contains(RedisFault.CERTIFICATE);
        assertThat(link.state().error()).contains("Redis's certificate has expired");
        link.close();
    }

    @Test
    void aServerThatIsNotThereIsNoMatterOfCertificates() {
        port = freePort();
        RedisLink link = open(Optional.empty(), "127.0.0.1");

        assertThat(link.state().fault()).contains(RedisFault.UNREACHABLE);
        link.close();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RedisLink open(Optional<String> ca, String host) {
        RedisConfig config =
                RedisConfig.server(URI.create("rediss://" + host + ":" + port)).withCa(ca);
        RedisLink link = RedisLink.open(vertx, config, RedisLimits.DEFAULT);
        Await.result(link.attempted());
        return link;
    }

    private void forward(NetSocket client) {
        client.pause();
        Future<NetSocket> server = vertx.createNetClient().connect(redis.port(), "127.0.0.1");
        server.onSuccess(socket -> {
            client.pipeTo(socket);
            socket.pipeTo(client);
        });
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        keytool.command().addAll(Arrays.asList(arguments));
        keytool.command().addAll(Arrays.asList("-keystore", store.toString(), "-storepass", PASSWORD));
        Process process = keytool.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
