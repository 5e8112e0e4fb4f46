package io.weir.receiver;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.weir.file.TextFile;
import io.weir.file.WatchedFile;
import io.weir.receiver.PushAccess.Tls;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.X509KeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that the public port shows, read from its files and found to fit its key.
 *
 * @param ends when it stops being valid
 */
record ServerCertificate(KeyCertOptions options, Instant ends) {
    private static final String[] KEY_TYPES = {"RSA", "EC", "EdDSA", "Ed25519", "Ed448"};
    private static final byte[] SAMPLE = {'W', 'e', 'i', 'r'};

    /** Fails with an exception whose message says what is wrong with which file, and nothing of what it holds. */
    static Future<ServerCertificate> load(Vertx vertx, Tls files) {
        return vertx.executeBlocking(() -> read(vertx, files), false);
    }

    private static ServerCertificate read(Vertx vertx, Tls files) {
        KeyCertOptions options =
                new PemKeyCertOptions().addCertValue(content(files.cert())).addKeyValue(content(files.key()));
        Optional<X509KeyManager> keys = keys(vertx, options);
        List<String> names = keys.stream()
                .flatMap(manager -> Arrays.stream(KEY_TYPES)
                        .flatMap(type -> Stream.ofNullable(manager.getServerAliases(type, null))))
                .flatMap(Arrays::stream)
                .toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("expected a certificate in " + files.cert()
                    + " and the private key that belongs to it in " + files.key() + ", in PEM");
        }
        X509Certificate certificate = keys.orElseThrow().getCertificateChain(names.get(0))[0];
        if (!fits(keys.orElseThrow().getPrivateKey(names.get(0)), certificate)) {
            throw new IllegalArgumentException(
                    "the private key in " + files.key() + " is not that of the certificate in " + files.cert());
        }
        return new ServerCertificate(options, certificate.getNotAfter().toInstant());
    }

    private static Buffer content(Path file) {
        try {
            return Buffer.buffer(TextFile.read(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Vert.x's messages may show the file. */
    private static Optional<X509KeyManager> keys(Vertx vertx, KeyCertOptions options) {
        try {
            return Arrays.stream(options.getKeyManagerFactory(vertx).getKeyManagers())
                    .filter(X509KeyManager.class::isInstance)
                    .map(X509KeyManager.class::cast)
                    .findFirst();
        } catch (Exception unreadable) {
            return Optional.empty();
        }
    }

    private static boolean fits(PrivateKey key, X509Certificate certificate) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate);
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * Takes in a renewed certificate without a restart; one that is not usable changes nothing, and the log says so once. One
     * instance.
     */
    static final class Renewals extends VerticleBase implements WatchedFile.Listener<ServerCertificate> {
        private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);

        private final Tls files;
        private final PushServer server;
        private final Duration look;
        private String trouble = "";

        /** @param server any of the instances that share the port */
        Renewals(Tls files, PushServer server, Duration look) {
            this.files = files;
            this.server = server;
            this.look = look;
        }

        @Override
        public Future<?> start() {
            new WatchedFile(vertx, files.cert()).watch(look, this);
            new WatchedFile(vertx, files.key()).watch(look, this);
            return Future.succeededFuture();
        }

        @Override
        public Optional<ServerCertificate> take(byte[] unused) {
            return Optional.of(read(vertx, files));
        }

        @Override
        public void taken(ServerCertificate certificate) {
            server.show(certificate)
                    .onSuccess(changed -> tell(certificate, changed))
                    .onFailure(this::unreadable);
        }

        private void tell(ServerCertificate certificate, boolean changed) {
            trouble = "";
            if (changed) {
                LOG.atInfo()
                        .addKeyValue("file", files.cert())
                        .addKeyValue("ends", certificate.ends())
                        .log("the push port shows a new certificate");
            }
        }

        /** Both files may tell of the same. */
        @Override
        public void unreadable(Throwable failure) {
            String now = String.valueOf(failure.getMessage());
            if (now.equals(trouble)) {
                return;
            }
            trouble = now;
            LOG.atError()
                    .addKeyValue("file", files.cert())
                    .addKeyValue("error", now)
                    .log("the certificate cannot be used, the push port shows the previous one");
        }
    }
}
