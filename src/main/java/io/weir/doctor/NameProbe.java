package io.weir.doctor;

import io.vertx.core.Future;
import io.weir.doctor.Doctor.Check;
import io.weir.doctor.Doctor.Finding;
import io.weir.http.AddressRange;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Whether this machine finds a host in the DNS.
 *
 * @param base a URI of the host
 * @param key where the configuration has it
 * @param open whether the host must be on the public internet
 */
public record NameProbe(URI base, String key, boolean open) implements Check.Probe {
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final int SHOWN = 4;

    @Override
    public Future<List<Finding>> look() {
        // A daemon thread of the JVM's: the look-up cannot be interrupted, and must not keep the process.
        return Future.fromCompletionStage(CompletableFuture.supplyAsync(() -> List.of(find())));
    }

    private Finding find() {
        String host = base.getHost().replaceAll("[\\[\\]]", "");
        long start = System.nanoTime();
        try {
            List<String> addresses = Arrays.stream(InetAddress.getAllByName(host))
                    .map(InetAddress::getHostAddress)
                    .toList();
            return found(host, addresses, Duration.ofNanos(System.nanoTime() - start));
        } catch (UnknownHostException unknown) {
            return Finding.fail(
                            "the host " + host + " has no address",
                            "Compare " + key
                                    + "; look at this machine's resolver (/etc/resolv.conf) and at rules for port"
                                    + " 53.")
                    .with("host", host);
        }
    }

    private Finding found(String host, List<String> addresses, Duration time) {
        List<String> special =
                addresses.stream().filter(AddressRange::isSpecial).toList();
        if (open && !special.isEmpty()) {
            return Finding.warn(
                            host + " is " + String.join(", ", special) + " here, which WeChat cannot reach",
                            "Look at its DNS entry; if only this network's DNS says so, ask another one, and run this outside.")
                    .with("host", host);
        }
        if (addresses.equals(List.of(host))) {
            return Finding.ok(host + " is an address, no name").with("host", host);
        }
        String list = addresses.stream().limit(SHOWN).collect(Collectors.joining(", "));
        String sentence =
                host + " is " + list + (addresses.size() > SHOWN ? " …" : "") + " (" + time.toMillis() + " ms)";
        Finding finding = time.compareTo(SLOW) < 0
                ? Finding.ok(sentence)
                : Finding.warn(sentence, "Every new connection waits for this: use a resolver that is nearer.")
                        .expecting("an answer within " + SLOW.toMillis() + " ms");
        return finding.with("host", host).with("millis", time.toMillis());
    }
}
