package io.weir.doctor;

import io.vertx.core.Future;
import io.weir.doctor.Doctor.Check;
import io.weir.doctor.Doctor.Finding;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Whether the certificate of the public URL is one that WeChat will take, and how long it lasts. Judged by the CAs that this JVM
 * trusts.
 */
public record CertificateProbe(URI url, SSLSocketFactory sockets, Clock clock) implements Check.Probe {
    private static final int LIMIT_MILLIS = 5_000;
    private static final long SOON_DAYS = 14;
    private static final String RENEW = "Renew it, and look at what should have: certbot, acme.sh or whoever signs it.";

    @Override
    public Future<List<Finding>> look() {
        if (!"https".equalsIgnoreCase(url.getScheme())) {
            return Future.succeededFuture(List.of(Finding.warn(
                    url + " has no TLS: whoever is between WeChat and you reads and changes pushes",
                    "Register an https:// URL with WeChat, and in plaintext mode at once.")));
        }
        // A daemon thread of the JVM's, as a look-up of a name.
        return Future.fromCompletionStage(CompletableFuture.supplyAsync(() -> List.of(shown())));
    }

    private Finding shown() {
        String host = url.getHost().replaceAll("[\\[\\]]", "");
        int port = url.getPort() < 0 ? 443 : url.getPort();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), LIMIT_MILLIS);
            plain.setSoTimeout(LIMIT_MILLIS);
            try (SSLSocket tls = (SSLSocket) sockets.createSocket(plain, host, port, true)) {
                SSLParameters parameters = tls.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                tls.setSSLParameters(parameters);
                tls.startHandshake();
                return judged((X509Certificate) tls.getSession().getPeerCertificates()[0]);
            }
        } catch (UnknownHostException e) {
            return Finding.fail("the host " + host + " of push.publicUrl has no address", "Look at its DNS entry.");
        } catch (SSLException e) {
            return refused(host, e);
        } catch (ConnectException | SocketTimeoutException e) {
            return Finding.fail(
                    "nothing answers at " + host + ":" + port,
                    "Look at the balancer and at firewalls before it; from inside a network its public address may be out"
                            + " of reach: then run this outside.");
        } catch (IOException e) {
            return Finding.fail(
                    "the TLS of " + host + ":" + port + " breaks off: " + e.getMessage(), "Look at the balancer.");
        }
    }

    private Finding judged(X509Certificate certificate) {
        if (clock.instant().isAfter(certificate.getNotAfter().toInstant())) {
            return expired(url.getHost());
        }
        long days = Duration.between(clock.instant(), certificate.getNotAfter().toInstant())
                .toDays();
        String sentence = "the certificate of " + url.getHost() + " is trusted and lasts " + days + " days";
        Finding finding = days >= SOON_DAYS
                ? Finding.ok(sentence)
                : Finding.warn(sentence, RENEW).expecting("at least " + SOON_DAYS + " days");
        return finding.with("days", days);
    }

    private static Finding expired(String host) {
        return Finding.fail("the certificate of " + host + " has expired", RENEW);
    }

    private static Finding refused(String host, SSLException failure) {
        List<Throwable> causes = Stream.iterate((Throwable) failure, each -> each != null, Throwable::getCause)
                .toList();
        if (causes.stream().anyMatch(CertificateExpiredException.class::isInstance)) {
            return expired(host);
        }
        if (causes.stream().anyMatch(CertificateNotYetValidException.class::isInstance)) {
            return Finding.fail(
                    "the certificate of " + host + " is not valid yet", "Compare the clocks of both machines.");
        }
        Optional<String> words = causes.stream()
                .map(Throwable::getMessage)
                .filter(each -> each != null)
                .findFirst();
        if (words.orElse("").contains("subject alternative")) {
            return Finding.fail(
                    "the certificate at " + host + " is for another host",
                    "Let the balancer show the one of " + host + ", or correct push.publicUrl.");
        }
        if (words.orElse("").contains("path building") || words.orElse("").contains("path validation")) {
            return Finding.fail(
                    "the certificate of " + host + " is not signed by a CA that this JVM trusts",
                    "Let the balancer send the certificates of the CAs in between too (fullchain.pem), or take one of a"
                            + " public CA.");
        }
        return Finding.fail(
                "TLS with " + host + " fails: " + words.orElse("no reason told"), "Look at the balancer's log.");
    }
}
