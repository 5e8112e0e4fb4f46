package io.weir.backend;

import io.weir.config.Secret;
import io.weir.config.Section;
import io.weir.file.PemFiles;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.crypto.AesKey;
import io.weir.wechat.message.PushType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A system that answers over HTTP: an entry of section {@code backends} of the configuration.
 *
 * @param name by which replies.yaml asks it
 * @param url where pushes are posted to
 * @param dialect how a push is put and an answer read
 * @param timeout for the whole answer; one that comes after the deadline of the push is a late answer
 * @param maxInFlight how many requests of this instance may be under way; one more fails at once
 * @param copies the kinds of push of which it gets a copy, whoever answers
 * @param tls whom it trusts and who it is, where https does not say enough
 */
public record BackendConfig(
        String name, URI url, Dialect dialect, Duration timeout, int maxInFlight, Set<PushType<?>> copies, Tls tls) {
    private static final String NAME = "[A-Za-z0-9_-]{1,64}";
    private static final URI NONE = URI.create("http://127.0.0.1");
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration SHORTEST = Duration.ofMillis(100);
    /** A run of a push does not last longer. */
    private static final Duration LONGEST = Duration.ofSeconds(55);

    private static final int IN_FLIGHT = 200;
    private static final int MOST_IN_FLIGHT = 10_000;
    private static final String SECRET_RULE = "expected whsec_ and the Base64 of 24 to 64 bytes";
    private static final String SECRET_HINT = "make one: echo whsec_$(openssl rand -base64 32)";

    public BackendConfig {
        copies = Set.copyOf(copies);
    }

    /** How Weir and the backend talk. */
    public sealed interface Dialect {}

    /**
     * CloudEvents 1.0 in JSON, signed as Standard Webhooks says.
     *
     * @param secrets all sign; the backend may know any of them
     */
    public record Json(List<Secret> secrets) implements Dialect {
        public Json {
            secrets = List.copyOf(secrets);
        }
    }

    /**
     * As WeChat asks, for a system that is there already.
     *
     * @param token the backend's own, with which it checks that WeChat asks
     * @param aesKey the backend's own; there unless the mode is plaintext
     * @param mode what the backend expects
     */
    public record WeChat(Secret token, Optional<AesKey> aesKey, Mode mode) implements Dialect {}

    /**
     * PEM files.
     *
     * @param ca who signed the backend's certificate, where the JVM does not trust them already
     * @param cert the certificate that Weir shows
     * @param key its private key
     */
    public record Tls(Optional<Path> ca, Optional<Path> cert, Optional<Path> key) {
        static final Tls DEFAULT = new Tls(Optional.empty(), Optional.empty(), Optional.empty());
    }

    private enum Format {
        JSON,
        WECHAT
    }

    /** Reads section {@code backends}. */
    public static List<BackendConfig> readAll(Section root) {
        Section section = root.section("backends");
        List<BackendConfig> backends = new ArrayList<>();
        section.sections().forEach((name, backend) -> {
            if (!name.matches(NAME)) {
                section.problem(name, "expected a name of at most 64 letters, digits, - and _");
            }
            read(name, backend).ifPresent(backends::add);
        });
        return backends;
    }

    /** The names in section {@code backends}, also of those with errors. */
    public static Set<String> names(Section root) {
        return new LinkedHashSet<>(root.section("backends").keys());
    }

    /** Warns of the backends that nobody asks and that get no copies. */
    public static void warnOfUnused(Section root, Set<String> asked) {
        Section section = root.section("backends");
        section.sections().forEach((name, backend) -> {
            if (!asked.contains(name) && !backend.has("copies")) {
                section.warning(
                        name,
                        "no reply asks backend " + name + ", and it gets no copies",
                        "write { backend: " + name + " } as a reply in replies.yaml");
            }
        });
    }

    private static Optional<BackendConfig> read(String name, Section section) {
        URI url = url(section);
        Dialect dialect =
                section.oneOf("format", Format.class, Format.JSON) == Format.JSON ? json(section) : weChat(section);
        Duration timeout = section.duration("timeout", TIMEOUT, SHORTEST, LONGEST);
        int maxInFlight = section.integer("maxInFlight", IN_FLIGHT, 1, MOST_IN_FLIGHT);
        Set<PushType<?>> copies = copies(section);
        Tls tls = section.find("tls").map(each -> tls(section, each, url)).orElse(Tls.DEFAULT);
        section.refuseUnknownKeys();
        return section.build(() -> new BackendConfig(name, url, dialect, timeout, maxInFlight, copies, tls));
    }

    private static URI url(Section section) {
        section.required("url");
        URI url = section.uri("url", NONE, "http", "https");
        if (url.getRawUserInfo() != null) {
            section.secret("url");
            section.problem("url", "expected a URL without user and password", "the requests are signed");
        } else if (url.getRawFragment() != null) {
            section.problem("url", "expected a URL without \"#\"");
        }
        return url;
    }

    private static Dialect json(Section section) {
        List<Secret> secrets = section.requiredSecrets("secret");
        if (!secrets.stream().allMatch(WebhookSigner::isSecret)) {
            section.problem("secret", SECRET_RULE, SECRET_HINT);
        }
        for (String key : List.of("token", "encodingAesKey", "mode")) {
            if (section.secret(key).isPresent()) {
                section.problem(key, "expected nothing here, since format is json", "set format: wechat");
            }
        }
        return new Json(secrets);
    }

    private static Dialect weChat(Section section) {
        Secret token = section.requiredSecret("token");
        Optional<AesKey> aesKey = aesKey(section);
        Mode mode = section.oneOf("mode", Mode.class, aesKey.isPresent() ? Mode.SAFE : Mode.PLAINTEXT);
        if (section.secret("secret").isPresent()) {
            section.problem("secret", "expected nothing here, since format is wechat", "token signs the requests");
        }
        if (mode != Mode.PLAINTEXT && aesKey.isEmpty()) {
            section.problem("encodingAesKey", "expected one, which this mode needs", "without one set mode: plaintext");
        }
        return new WeChat(token, aesKey, mode);
    }

    private static Optional<AesKey> aesKey(Section section) {
        try {
            return section.secret("encodingAesKey").map(key -> AesKey.parse(key.reveal()));
        } catch (IllegalArgumentException e) {
            section.problem("encodingAesKey", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Set<PushType<?>> copies(Section section) {
        Set<PushType<?>> copies = new LinkedHashSet<>();
        for (String name : section.texts("copies")) {
            PushType.all().stream()
                    .filter(type -> type.wireName().equals(name))
                    .findFirst()
                    .ifPresentOrElse(copies::add, () -> section.problem("copies", NAMES, hint(name)));
        }
        return copies;
    }

    private static final String NAMES = "expected kinds of push by WeChat's names, as in [subscribe, CLICK]";

    private static String hint(String name) {
        return PushType.all().stream()
                .map(PushType::wireName)
                .filter(each -> each.equalsIgnoreCase(name))
                .findFirst()
                .map(each -> "did you mean \"" + each + "\"?")
                .orElseGet(() -> "\"" + name.toLowerCase(Locale.ROOT) + "\" is none of "
                        + PushType.all().stream().map(PushType::wireName).collect(Collectors.joining(", ")));
    }

    private static Tls tls(Section backend, Section section, URI url) {
        Optional<Path> ca = PemFiles.named(section, "ca");
        Optional<Path> cert = PemFiles.named(section, "cert");
        Optional<Path> key = PemFiles.named(section, "key");
        if (cert.isPresent() != key.isPresent()) {
            section.problemHere("expected cert and key together");
        }
        if (!"https".equalsIgnoreCase(url.getScheme())) {
            backend.problem("tls", "expected nothing here, since the URL begins with http://");
        }
        section.refuseUnknownKeys();
        return new Tls(ca, cert, key);
    }
}
