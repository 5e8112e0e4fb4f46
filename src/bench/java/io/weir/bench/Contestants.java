package io.weir.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The servers that can be measured, and how each is started. All answer the same menu, Weir and WxJava by their rules. */
final class Contestants {
    static final String WEIR = "weir";
    static final String WEIR_SAFE = "weir-safe";
    static final String WEIR_REDIS = "weir-redis";
    static final String BARE = "bare";
    static final String WEIR_BACKEND = "weir-backend";
    static final String BARE_PROXY = "bare-proxy";
    static final String WXJAVA = "wxjava";
    static final String WXJAVA_SAFE = "wxjava-safe";

    /** Measured when nothing else is asked for. */
    static final List<String> USUAL = List.of(WEIR, WEIR_SAFE, BARE, WXJAVA);

    /** The JVM's own choices, but for the heap: a quarter of the machine's memory says nothing about what it needs. */
    static final List<String> WXJAVA_FLAGS = List.of("-Xmx512m");

    /** Before the names of another build's, which is measured when its jar is given. */
    static final String OTHER = "other-";

    private final Folders folders;
    private final Optional<String> redis;
    private final Optional<Path> other;
    private OptionalInt backend = OptionalInt.empty();

    /**
     * Those that can be measured.
     *
     * @param redis where a Redis is that Weir may use; without it that is not measured
     * @param other the jar of another build, to be compared with
     */
    Contestants(Folders folders, Optional<String> redis, Optional<Path> other) {
        this.folders = folders;
        this.redis = redis;
        this.other = other;
    }

    List<Contestant> all() {
        List<Contestant> all = new ArrayList<>(withoutRedis());
        all.addAll(withBackend());
        redis.ifPresent(uri -> all.add(new Contestant(
                WEIR_REDIS,
                "Weir, with Redis",
                Traffic.PLAIN,
                port -> weir(folders.jar(), redisConfiguration(port, uri)),
                AnswerCheck::reply,
                Optional.of(uri))));
        other.ifPresent(jar -> all.addAll(others(jar)));
        return all;
    }

    private List<Contestant> others(Path jar) {
        List<Contestant> all = new ArrayList<>();
        all.add(new Contestant(
                OTHER + WEIR,
                "other build, plaintext",
                Traffic.PLAIN,
                port -> weir(jar, configuration(port, "plaintext", "")),
                AnswerCheck::reply));
        all.add(new Contestant(
                OTHER + WEIR_SAFE,
                "other build, safe mode",
                Traffic.SAFE,
                port -> weir(jar, configuration(port, "safe", "")),
                AnswerCheck::encryptedReply));
        all.add(weirBackend(OTHER + WEIR_BACKEND, "other build, HTTP backend", jar));
        redis.ifPresent(uri -> all.add(new Contestant(
                OTHER + WEIR_REDIS,
                "other build, with Redis",
                Traffic.PLAIN,
                port -> weir(jar, redisConfiguration(port, uri)),
                AnswerCheck::reply,
                Optional.of(uri))));
        return all;
    }

    private List<Contestant> withoutRedis() {
        return List.of(
                weirPlain(WEIR),
                new Contestant(
                        WEIR_SAFE,
                        "Weir, safe mode",
                        Traffic.SAFE,
                        port -> weir(folders.jar(), configuration(port, "safe", "")),
                        AnswerCheck::encryptedReply),
                bare(BARE),
                new Contestant(WXJAVA, "WxJava, plaintext", Traffic.PLAIN, this::wxJava, AnswerCheck::reply),
                new Contestant(
                        WXJAVA_SAFE, "WxJava, safe mode", Traffic.SAFE, this::wxJava, AnswerCheck::encryptedReply));
    }

    private List<Contestant> withBackend() {
        return List.of(
                weirBackend(WEIR_BACKEND, "Weir, HTTP backend", folders.jar()),
                new Contestant(
                        BARE_PROXY,
                        "bare Vert.x proxy",
                        Traffic.ONE_KEY,
                        port -> bare(
                                List.of(), BareProxy.class, Integer.toString(port), Integer.toString(backendPort())),
                        () -> AnswerCheck.constant(BareProxy.ANSWER)));
    }

    private Contestant weirBackend(String name, String title, Path jar) {
        return new Contestant(
                name, title, Traffic.ONE_KEY, port -> weir(jar, backendConfiguration(port)), AnswerCheck::reply);
    }

    /** Of the backend that all of them ask, which is started for the first of them. */
    private int backendPort() {
        if (backend.isEmpty()) {
            backend = OptionalInt.of(BareProxy.startBackend());
        }
        return backend.getAsInt();
    }

    /** Weir in plaintext mode as scripts/run starts it, with more flags in front. */
    Contestant weirPlain(String name, String... flags) {
        return new Contestant(
                name,
                "Weir, plaintext",
                Traffic.PLAIN,
                port -> weir(folders.jar(), configuration(port, "plaintext", ""), flags),
                AnswerCheck::reply);
    }

    /** The bare server, with more flags in front. */
    Contestant bare(String name, String... flags) {
        return new Contestant(
                name,
                "bare Vert.x",
                Traffic.PLAIN,
                port -> bare(List.of(flags), BareServer.class, Integer.toString(port)),
                () -> AnswerCheck.constant(BareServer.ANSWER));
    }

    /** Weir with so many accounts and rules, that forgets a push two minutes after it. */
    Contestant weirOf(int accounts, int rules) {
        Traffic traffic = Traffic.of(accounts, rules);
        String name = "weir-" + accounts + "-accounts-" + rules + "-rules";
        return new Contestant(
                name,
                String.format(Locale.ROOT, "Weir, %,d accounts, %,d rules", accounts, rules),
                traffic,
                port -> weir(
                        folders.jar(),
                        write(
                                name,
                                push(port, ", timestampWindow: 60s") + accounts(accounts),
                                replies(traffic.keys()))),
                AnswerCheck::reply);
    }

    private static String push(int port, String more) {
        return "push: { host: 127.0.0.1, port: " + port + more + " }\n";
    }

    private static String accounts(int accounts) {
        return IntStream.range(0, accounts)
                .mapToObj(number -> String.format(
                        Locale.ROOT,
                        "  %s: {appId: wx%08d, appSecret: x, token: %s, mode: plaintext}\n",
                        Traffic.name(number),
                        number,
                        Account.TOKEN))
                .collect(Collectors.joining("", "accounts:\n", ""));
    }

    /** With Redis. */
    private Path redisConfiguration(int port, String uri) {
        return configuration(port, "plaintext", "redis: { uri: \"" + uri + "\" }\n");
    }

    private List<String> weir(Path jar, Path configuration, String... flags) {
        List<String> command = java(flags);
        command.addAll(List.of("-jar", jar.toString(), "serve", "--conf", configuration.toString()));
        return command;
    }

    private List<String> bare(List<String> flags, Class<?> server, String... arguments) {
        List<String> command = java(flags.toArray(String[]::new));
        command.addAll(List.of("-cp", folders.benchJar() + ":" + folders.jar(), server.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private List<String> java(String... flags) {
        List<String> command = new ArrayList<>(List.of(folders.java(), "@" + folders.flags()));
        command.addAll(List.of(flags));
        return command;
    }

    private List<String> wxJava(int port) {
        List<String> command = new ArrayList<>(List.of(folders.java()));
        command.addAll(WXJAVA_FLAGS);
        command.addAll(List.of(
                "-jar",
                folders.wxJavaJar().toString(),
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                // By default Tomcat closes a connection after 100 requests, which would be measured with it.
                "--server.tomcat.max-keep-alive-requests=-1",
                "--logging.level.root=warn",
                "--spring.main.banner-mode=off",
                "--bench.account.app-id=" + Account.APP_ID,
                "--bench.account.token=" + Account.TOKEN,
                "--bench.account.aes-key=" + Account.AES_KEY));
        Account.KEYS.forEach(key -> command.add("--bench.answers.by-key[" + key + "]=" + Account.answer(key)));
        return command;
    }

    /** Whatever is tapped, the backend is asked. */
    private Path backendConfiguration(int port) {
        String backends = "backends:\n  constant: { url: \"http://127.0.0.1:" + backendPort()
                + "/\", secret: whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3, format: json }\n";
        return write(
                "backend",
                push(port, "") + account("plaintext") + backends,
                "CLICK:\n  default: { backend: constant }\n");
    }

    /** A configuration file of that port and mode, beside its replies. */
    private Path configuration(int port, String mode, String more) {
        return write(more.isEmpty() ? mode : "redis", push(port, "") + account(mode) + more, replies(Account.KEYS));
    }

    private static String account(String mode) {
        return String.format(
                "accounts:\n  bench: { appId: %s, appSecret: unused, token: %s, encodingAesKey: %s, originalId: %s, mode: %s }\n",
                Account.APP_ID, Account.TOKEN, Account.AES_KEY, Account.ORIGINAL_ID, mode);
    }

    private static String replies(List<String> keys) {
        return keys.stream()
                .map(key -> "  " + key + ": { text: \"" + Account.answer(key) + "\" }\n")
                .collect(Collectors.joining("", "CLICK:\n", ""));
    }

    private Path write(String name, String configuration, String replies) {
        String common = "admin: { port: 0 }\nreplies: replies.yaml\n";
        try {
            Path folder = Files.createDirectories(folders.scratch().resolve("conf-" + name));
            Files.writeString(folder.resolve("replies.yaml"), replies);
            return Files.writeString(folder.resolve("weir.yaml"), common + configuration);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
