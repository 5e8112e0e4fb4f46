package io.weir.redis;

import io.weir.config.Secret;
import io.weir.config.Section;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where Redis is: section {@code redis} of the configuration: one server, or the sentinels of one, or the nodes of a Redis Cluster.
 *
 * @param server the one server
 * @param sentinels who know where the server is
 * @param nodes some of the nodes of a Redis Cluster, which name the others
 * @param master the name that the sentinels know the server by
 * @param user for the server; where there is a password alone, Redis's {@code default}
 * @param sentinelPassword for the sentinels, which have none of the server's
 * @param database number of the database
 * @param tls whether server and sentinels speak TLS; their certificate must name the host
 * @param ca PEM file of who signed the certificates, where the JVM does not trust them already
 * @param prefix what the name of each key and channel begins with
 */
public record RedisConfig(
        Optional<RedisAddress> server,
        List<RedisAddress> sentinels,
        List<RedisAddress> nodes,
        Optional<String> master,
        Optional<String> user,
        Optional<Secret> password,
        Optional<Secret> sentinelPassword,
        int database,
        boolean tls,
        Optional<String> ca,
        String prefix) {

    /** What names begin with where nothing else is said. */
    public static final String PREFIX = "weir:";

    /** No braces, which would be a hash tag, and nothing that is a pattern to Redis. */
    private static final Pattern PREFIXES = Pattern.compile("[A-Za-z0-9:._-]{1,32}");

    private static final int MAX_DATABASE = 1_000_000;
    private static final URI NONE = URI.create("redis://127.0.0.1:6379");

    /** @throws IllegalArgumentException unless it is one of the three, and complete */
    public RedisConfig {
        sentinels = List.copyOf(sentinels);
        nodes = List.copyOf(nodes);
        if (Stream.of(server.isPresent(), !sentinels.isEmpty(), !nodes.isEmpty())
                        .filter(given -> given)
                        .count()
                != 1) {
            throw new IllegalArgumentException(
                    "expected either uri, or sentinels with master, or nodes of a Redis Cluster");
        }
        if (!nodes.isEmpty() && database != 0) {
            throw new IllegalArgumentException("expected no database, since a Redis Cluster has only one");
        }
        if (sentinels.isEmpty() == master.isPresent()) {
            throw new IllegalArgumentException("expected sentinels and master together");
        }
        if (user.isPresent() && password.isEmpty()) {
            throw new IllegalArgumentException("expected a password with the user");
        }
        if (!PREFIXES.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "expected a prefix of 1 to 32 letters, digits, colons, dots, hyphens and underscores");
        }
    }

    /** One server, by {@code redis://user:password@host:port/database} or {@code rediss://…} for TLS. */
    public static RedisConfig server(URI uri) {
        RedisUri parts = RedisUri.of(uri);
        return new RedisConfig(
                Optional.of(parts.address()),
                List.of(),
                List.of(),
                Optional.empty(),
                parts.user(),
                parts.password(),
                Optional.empty(),
                parts.database(),
                parts.tls(),
                Optional.empty(),
                PREFIX);
    }

    /** The server that the sentinels know by that name, without passwords. */
    public static RedisConfig sentinels(String master, List<RedisAddress> sentinels) {
        return new RedisConfig(
                Optional.empty(),
                sentinels,
                List.of(),
                Optional.of(master),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                false,
                Optional.empty(),
                PREFIX);
    }

    /** The Redis Cluster that these nodes belong to, without passwords. */
    public static RedisConfig cluster(List<RedisAddress> nodes) {
        return new RedisConfig(
                Optional.empty(),
                List.of(),
                nodes,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                false,
                Optional.empty(),
                PREFIX);
    }

    /** Whether it is a Redis Cluster. */
    public boolean isCluster() {
        return !nodes.isEmpty();
    }

    /** The same with another file of who signed the certificates. */
    public RedisConfig withCa(Optional<String> file) {
        return new RedisConfig(
                server, sentinels, nodes, master, user, password, sentinelPassword, database, tls, file, prefix);
    }

    /** The same with names that begin otherwise. */
    public RedisConfig withPrefix(String begin) {
        return new RedisConfig(
                server, sentinels, nodes, master, user, password, sentinelPassword, database, tls, ca, begin);
    }

    /** The name of a key or channel. */
    String key(String name) {
        return prefix.concat(name);
    }

    /** Reads section {@code redis}; empty where the file has none: all state in memory. */
    public static Optional<RedisConfig> read(Section root) {
        return root.find("redis").flatMap(section -> section.has("uri") ? readServer(section) : readSeveral(section));
    }

    /** User, password and database stand in the URI or beside it: a password from a file need not be written in the form of a URI. */
    private static Optional<RedisConfig> readServer(Section section) {
        URI uri = section.secretUri("uri", NONE, "redis", "rediss");
        Optional<String> rule = RedisUri.problem(uri);
        rule.ifPresent(broken -> section.problem("uri", broken));
        RedisUri parts = RedisUri.of(rule.isEmpty() ? uri : NONE);
        Optional<String> user = section.text("user");
        Optional<Secret> password = section.secret("password");
        int database = section.integer("database", 0, 0, MAX_DATABASE);
        refuseTwice(section, "user", parts.user().isPresent());
        refuseTwice(section, "password", parts.password().isPresent() && password.isPresent());
        refuseTwice(section, "database", parts.hasDatabase());
        section.flag("tls", false);
        section.secret("sentinelPassword");
        section.text("master");
        refuseBesideUri(section, "tls", "expected no tls beside uri: write rediss:// for TLS, redis:// for none");
        refuseBesideUri(section, "sentinelPassword", "expected no sentinelPassword beside uri, which names one server");
        for (String key : List.of("sentinels", "nodes", "master")) {
            refuseBesideUri(
                    section,
                    key,
                    "expected either uri, or sentinels with master, or nodes: not " + key + " beside uri");
        }
        Optional<String> ca = section.text("ca");
        String prefix = section.text("prefix", PREFIX);
        section.refuseUnknownKeys("sentinels", "nodes");
        return section.build(() -> new RedisConfig(
                Optional.of(parts.address()),
                List.of(),
                List.of(),
                Optional.empty(),
                parts.user().or(() -> user),
                parts.password().or(() -> password),
                Optional.empty(),
                parts.hasDatabase() ? parts.database() : database,
                parts.tls(),
                ca,
                prefix));
    }

    private static void refuseTwice(Section section, String key, boolean inUri) {
        if (inUri) {
            refuseBesideUri(section, key, "expected the " + key + " once: uri has one");
        }
    }

    private static void refuseBesideUri(Section section, String key, String rule) {
        if (section.has(key)) {
            section.problem(key, rule);
        }
    }

    private static Optional<RedisConfig> readSeveral(Section section) {
        List<RedisAddress> sentinels = addresses(section, "sentinels", "sentinel, as in [10.0.0.3:26379]");
        List<RedisAddress> nodes = addresses(section, "nodes", "node, as in [10.0.0.3:6379]");
        Optional<String> master = section.text("master");
        Optional<String> user = section.text("user");
        Optional<Secret> password = section.secret("password");
        Optional<Secret> sentinelPassword = section.secret("sentinelPassword");
        int database = section.integer("database", 0, 0, MAX_DATABASE);
        boolean tls = section.flag("tls", false);
        Optional<String> ca = section.text("ca");
        String prefix = section.text("prefix", PREFIX);
        section.refuseUnknownKeys();
        return section.build(() -> new RedisConfig(
                Optional.empty(),
                sentinels,
                nodes,
                master,
                user,
                password,
                sentinelPassword,
                database,
                tls,
                ca,
                prefix));
    }

    private static List<RedisAddress> addresses(Section section, String key, String what) {
        List<RedisAddress> addresses = new ArrayList<>();
        for (String text : section.texts(key)) {
            RedisAddress.parse(text)
                    .ifPresentOrElse(addresses::add, () -> section.problem(key, "expected host:port of each " + what));
        }
        return addresses;
    }
}
