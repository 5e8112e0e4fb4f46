package io.weir.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The servers that can be measured, and how each is started. All answer the same menu, Weir and WxJava by their rules. */
final class Contestants {
    static final String WEIR = "weir";
    static final String WEIR_SAFE = "weir-safe";
    static final String WEIR_REDIS = "weir-redis";
    static final String BARE = "bare";
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
        redis.ifPresent(uri -> all.add(new Contestant(
                WEIR_REDIS,
                "Weir, with Redis",
                false,
                port -> weir(folders.jar(), redisConfiguration(port, uri)),
                AnswerCheck::reply)));
        other.ifPresent(jar -> all.addAll(others(jar)));
        return all;
    }

    private List<Contestant> others(Path jar) {
        List<Contestant> all = new ArrayList<>();
        all.add(new Contestant(
                OTHER + WEIR,
                "other build, plaintext",
                false,
                port -> weir(jar, configuration(port, "plaintext", "")),
                AnswerCheck::reply));
        all.add(new Contestant(
                OTHER + WEIR_SAFE,
                "other build, safe mode",
                true,
                port -> weir(jar, configuration(port, "safe", "")),
                AnswerCheck::encryptedReply));
        redis.ifPresent(uri -> all.add(new Contestant(
                OTHER + WEIR_REDIS,
                "other build, with Redis",
                false,
                port -> weir(jar, redisConfiguration(port, uri)),
                AnswerCheck::reply)));
        return all;
    }

    private List<Contestant> withoutRedis() {
        return List.of(
                new Contestant(WEIR, "Weir, plaintext", false, port -> weir(port, "plaintext"), AnswerCheck::reply),
                new Contestant(
                        WEIR_SAFE, "Weir, safe mode", true, port -> weir(port, "safe"), AnswerCheck::encryptedReply),
                new Contestant(BARE, "bare Vert.x", false, this::bare, () -> AnswerCheck.constant(BareServer.ANSWER)),
                new Contestant(WXJAVA, "WxJava, plaintext", false, this::wxJava, AnswerCheck::reply),
                new Contestant(WXJAVA_SAFE, "WxJava, safe mode", true, this::wxJava, AnswerCheck::encryptedReply));
    }

    /** With Redis. */
    private Path redisConfiguration(int port, String uri) {
        return configuration(port, "plaintext", "redis: { uri: \"" + uri + "\" }\n");
    }

    /** Weir as scripts/run starts it, with more flags in front. */
    List<String> weir(int port, String mode, String... flags) {
        return weir(folders.jar(), configuration(port, mode, ""), flags);
    }

    private List<String> weir(Path jar, Path configuration, String... flags) {
        List<String> command = new ArrayList<>(List.of(folders.java(), "@" + folders.flags()));
        command.addAll(List.of(flags));
        command.addAll(List.of("-jar", jar.toString(), "serve", "--conf"));
        command.add(configuration.toString());
        return command;
    }

    private List<String> bare(int port) {
        return List.of(
                folders.java(),
                "@" + folders.flags(),
                "-cp",
                folders.classes() + ":" + folders.jar(),
                BareServer.class.getName(),
                Integer.toString(port));
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

    /** A configuration file of that port and mode, beside its replies. */
    private Path configuration(int port, String mode, String more) {
        String replies = Account.KEYS.stream()
                .map(key -> "  " + key + ": { text: \"" + Account.answer(key) + "\" }\n")
                .collect(Collectors.joining("", "CLICK:\n", ""));
        String configuration =
                """
                push: { host: 127.0.0.1, port: %d }
                admin: { port: 0 }
                accounts:
                  bench: { appId: %s, appSecret: unused, token: %s, encodingAesKey: %s, originalId: %s, mode: %s }
                replies: replies.yaml
                %s""".formatted(port, Account.APP_ID, Account.TOKEN, Account.AES_KEY, Account.ORIGINAL_ID, mode, more);
        try {
            Path folder =
                    Files.createDirectories(folders.scratch().resolve(more.isEmpty() ? "conf-" + mode : "conf-redis"));
            Files.writeString(folder.resolve("replies.yaml"), replies);
            return Files.writeString(folder.resolve("weir.yaml"), configuration);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
