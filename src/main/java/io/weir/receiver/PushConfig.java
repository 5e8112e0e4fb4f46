package io.weir.receiver;

import io.weir.config.Section;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of the public port: section {@code push} of the configuration.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 takes a free one
 * @param path the part of the URL before the account's name, {@code /wx}
 * @param maxBodyBytes bodies above are answered 413
 * @param deadline when an accepted push is answered {@code success} if nothing else has come; under WeChat's 5 s
 * @param timestampWindow how far a request's timestamp may be from now, both ways
 * @param drain how long a stop waits for handlers that have not finished, and for their late replies
 * @param access who may send
 * @param publicUrl what stands before the path in the URLs that are registered with WeChat, for checks; empty where it is not told
 */
public record PushConfig(
        String host,
        int port,
        String path,
        int maxBodyBytes,
        Duration deadline,
        Duration timestampWindow,
        Duration drain,
        PushAccess access,
        Optional<URI> publicUrl) {
    private static final URI NOWHERE = URI.create("https://localhost");
    private static final String PATH_RULE =
            "segments of letters, digits and . _ ~ -, each with a / before it, as in /wx";

    /** The settings that hold where the configuration says nothing. */
    public static final PushConfig DEFAULT = new PushConfig(
            "0.0.0.0",
            8080,
            "/wx",
            64 * 1024,
            Duration.ofMillis(4500),
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            PushAccess.OPEN,
            Optional.empty());

    public PushConfig {
        if (!isPath(path)) {
            throw new IllegalArgumentException("a path must be " + PATH_RULE);
        }
    }

    /** The same at another place. */
    public PushConfig on(String otherHost, int otherPort) {
        return new PushConfig(
                otherHost, otherPort, path, maxBodyBytes, deadline, timestampWindow, drain, access, publicUrl);
    }

    /** The same with another time for an answer. */
    public PushConfig withDeadline(Duration other) {
        return new PushConfig(host, port, path, maxBodyBytes, other, timestampWindow, drain, access, publicUrl);
    }

    /** The same with another time for a stop to wait. */
    public PushConfig withDrain(Duration other) {
        return new PushConfig(host, port, path, maxBodyBytes, deadline, timestampWindow, other, access, publicUrl);
    }

    /** Reads section {@code push}. */
    public static Optional<PushConfig> read(Section root) {
        Section section = root.section("push");
        String host = section.text("host", DEFAULT.host);
        int port = section.integer("port", DEFAULT.port, 0, 65_535);
        String path = section.text("path", DEFAULT.path);
        if (!isPath(path)) {
            section.problem("path", "expected " + PATH_RULE);
        }
        long maxBody = section.bytes("maxBody", DEFAULT.maxBodyBytes, 1_024, 1024 * 1024);
        Duration deadline =
                section.duration("deadline", DEFAULT.deadline, Duration.ofMillis(100), Duration.ofMillis(4_900));
        Duration window = section.duration(
                "timestampWindow", DEFAULT.timestampWindow, Duration.ofSeconds(10), Duration.ofDays(1));
        Duration drain = section.duration("drain", DEFAULT.drain, Duration.ZERO, Duration.ofMinutes(5));
        PushAccess access = PushAccess.read(section);
        Optional<URI> publicUrl = publicUrl(section);
        section.refuseUnknownKeys();
        return section.build(
                () -> new PushConfig(host, port, path, (int) maxBody, deadline, window, drain, access, publicUrl));
    }

    private static Optional<URI> publicUrl(Section section) {
        if (!section.has("publicUrl")) {
            return Optional.empty();
        }
        URI url = section.uri("publicUrl", NOWHERE, "https", "http");
        if (url.getRawQuery() != null || url.getRawFragment() != null || url.getRawUserInfo() != null) {
            section.problem("publicUrl", "expected what stands before push.path, as in https://wx.example.com");
        } else if (url.getPort() >= 0 && url.getPort() != ("https".equals(url.getScheme()) ? 443 : 80)) {
            section.warning("publicUrl", "WeChat takes http:// on port 80 and https:// on port 443 only");
        }
        return Optional.of(url);
    }

    /** The URL of an account as it is registered with WeChat; empty where that is not told. */
    public Optional<URI> publicUrl(String account) {
        return publicUrl.map(base -> URI.create(base.toString().replaceFirst("/+$", "") + path + "/" + account));
    }

    /** Where this machine takes the pushes of an account. */
    public URI localUrl(String account) {
        String at = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        String authority = at.contains(":") ? "[" + at + "]" : at;
        String scheme = access.tls().isPresent() ? "https" : "http";
        return URI.create(scheme + "://" + authority + ":" + port + path + "/" + account);
    }

    private static boolean isPath(String path) {
        return path.matches("(/[A-Za-z0-9._~-]+)+") && !path.contains("/.");
    }
}
