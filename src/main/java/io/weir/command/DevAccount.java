package io.weir.command;

import io.weir.GatewayConfig;
import io.weir.admin.AdminConfig;
import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import io.weir.client.WeChatConfig;
import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import io.weir.config.Problems;
import io.weir.config.Secret;
import io.weir.config.Section;
import io.weir.dispatch.HandlerConfig;
import io.weir.dispatch.durable.JournalConfig;
import io.weir.file.TextFile;
import io.weir.plugin.runtime.PluginHandlers;
import io.weir.receiver.PushConfig;
import io.weir.replies.Replies;
import io.weir.replies.RepliesFile;
import io.weir.simulator.SimulatorConfig;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.crypto.AesKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The made-up account that {@code weir dev}, the simulator and {@code weir trigger} take when no file is named. Its secrets protect
 * nothing: they are the same everywhere, so its gateway listens on loopback only.
 */
public final class DevAccount {
    private static final String NAME = "dev";
    private static final String REPLIES = "conf/replies.yaml";
    /** The real WeChat does not know the account. */
    private static final URI SIMULATED = URI.create("http://127.0.0.1:" + SimulatorConfig.DEFAULT_PORT);

    static final String ENCODING_AES_KEY = "weirDevAccountEncodingAESKey0123456789ABCDE";

    private final Clock clock;

    public DevAccount(Clock clock) {
        this.clock = clock;
    }

    public ConfigFiles.Loaded load() {
        Problems problems = new Problems();
        RepliesFile file = repliesFile(problems);
        return new ConfigFiles.Loaded(
                Optional.of(config(problems)),
                new Replies(Map.of(NAME, file)),
                PluginHandlers.in(ConfigFiles.handlersFolder(file.path()), Map.of(), problems),
                Optional.empty(),
                problems);
    }

    private static GatewayConfig config(Problems problems) {
        AccountConfig account = new AccountConfig(
                NAME,
                "wx00000000000000de",
                Secret.of("weir-dev-app-secret"),
                List.of(Secret.of("weirDevToken")),
                List.of(AesKey.parse(ENCODING_AES_KEY)),
                Mode.COMPATIBLE,
                Optional.empty(),
                TokenMode.STABLE,
                false,
                Optional.empty());
        PushConfig onLoopback = PushConfig.DEFAULT.on("127.0.0.1", PushConfig.DEFAULT.port());
        return new GatewayConfig(
                onLoopback,
                AdminConfig.DEFAULT,
                Optional.empty(),
                new WeChatConfig(SIMULATED, WeChatConfig.DEFAULT.timeout()),
                List.of(account),
                HandlerConfig.readAll(Section.parse("the dev account", "", problems)),
                List.of(),
                JournalConfig.DEFAULT,
                Optional.empty());
    }

    /** {@code ./conf} wins, then the one of the checkout that {@code scripts/run} was started from, then the one inside. */
    private RepliesFile repliesFile(Problems problems) {
        Path here = Path.of(REPLIES);
        return Stream.of(here, Path.of(System.getProperty("weir.home", ".")).resolve(REPLIES))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(path -> RepliesFile.read(path, bytes(path), problems, clock.instant()))
                .orElseGet(() -> RepliesFile.builtIn(here, inside(), problems, clock.instant()));
    }

    private static byte[] bytes(Path path) {
        try {
            return TextFile.read(path);
        } catch (IOException e) {
            throw new CommandException(ExitCode.CONFIGURATION, path + " cannot be read: " + e.getMessage());
        }
    }

    private static byte[] inside() {
        try (InputStream sample = DevAccount.class.getResourceAsStream("/" + REPLIES)) {
            return Objects.requireNonNull(sample, "the sample replies are missing in the jar")
                    .readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
