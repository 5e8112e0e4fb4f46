package io.weir.command;

import io.weir.GatewayConfig;
import io.weir.admin.AdminConfig;
import io.weir.backend.BackendConfig;
import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import io.weir.client.admin.AdminGateway.AdminAddress;
import io.weir.config.AccountConfig;
import io.weir.config.Environment;
import io.weir.config.FileText;
import io.weir.config.Problems;
import io.weir.config.Section;
import io.weir.dispatch.HandlerConfig;
import io.weir.file.TextFile;
import io.weir.plugin.runtime.PluginHandlers;
import io.weir.reload.ConfigurationFile;
import io.weir.replies.Replies;
import io.weir.replies.RepliesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the configuration file and the replies files that it names. Blocks; for the start, never on an event loop. */
public final class ConfigFiles {
    private static final String VARIABLE = "WEIR_CONF";
    private static final List<Path> USUAL = List.of(Path.of("conf", "weir.yaml"), Path.of("/etc/weir/weir.yaml"));
    private static final String COMMON_REPLIES = "replies.yaml";

    /** How to begin without a file, for whoever has none. */
    private static final String FIRST_STEPS =
            """
            To begin:
              1. Write conf/weir.yaml:
                   accounts:
                     main:
                       appId: wx0000000000000000              # this and the values below: from WeChat's console
                       appSecret: "${WEIR_APP_SECRET}"
                       token: "${WEIR_TOKEN}"
                       encodingAesKey: "${WEIR_AES_KEY}"
              2. Write weir.env, which only you may read, with a line NAME=VALUE for each of the three variables.
              3. Find mistakes:        COMMAND check --env-file weir.env
              4. Start:                COMMAND serve --env-file weir.env
              5. Try it:               COMMAND doctor --env-file weir.env
                 The URL for WeChat's console ends in /wx/main.
            To try Weir without an account: COMMAND dev""".replace("COMMAND", System.getProperty("weir.command", "java -jar weir.jar"));

    private final Clock clock;
    private final CommandInput input;

    public ConfigFiles(Environment environment, Clock clock) {
        this(new CommandInput(environment, System.in), clock);
    }

    ConfigFiles(CommandInput input, Clock clock) {
        this.input = input;
        this.clock = clock;
    }

    /** What the command reads. */
    CommandInput input() {
        return input;
    }

    /**
     * A configuration that was read.
     *
     * @param config empty when there are errors
     * @param own the handlers in {@code handlers/*.jar} beside the file
     * @param file the file itself; empty for the dev account
     * @param problems all errors and warnings of all files
     */
    public record Loaded(
            Optional<GatewayConfig> config,
            Replies replies,
            PluginHandlers own,
            Optional<ConfigurationFile> file,
            Problems problems) {
        /**
         * The configuration, which has no errors.
         *
         * @throws io.weir.config.ConfigException when there are errors
         */
        public GatewayConfig require() {
            problems.throwIfErrors();
            return config.orElseThrow(() -> new IllegalStateException("no configuration and no problem"));
        }

        /** Whether it can be read where its variables are set. */
        boolean lacksVariablesOnly() {
            return !problems.errors().isEmpty()
                    && problems.errors().stream()
                            .allMatch(each -> each.unsetVariable().isPresent());
        }
    }

    /**
     * Where the admin port of a configuration is, and which accounts it has, even if the rest has errors; empty where that part
     * cannot be read. Tells no problems.
     */
    public Optional<Running> running(Path conf) {
        Problems unheard = new Problems();
        String name = CommandInput.name(conf);
        Optional<Section> root =
                FileText.decode(name, read(conf), unheard).map(text -> Section.parse(name, text, input, unheard));
        return root.map(file -> new Running(
                AdminConfig.address(file), List.copyOf(file.section("accounts").keys())));
    }

    /** What is known of a gateway without all of its secrets. */
    public record Running(AdminAddress address, List<String> accounts) {}

    /**
     * The file that is meant: the named one, else that of the variable {@code WEIR_CONF}, else the first of the usual ones that is
     * there.
     *
     * @throws CommandException where there is none
     */
    Path find(Optional<Path> named) {
        return found(named).orElseThrow(() -> absent("To try Weir without one: weir dev"));
    }

    /** The same for the command that begins with one. */
    Path findOrTellSteps(Optional<Path> named) {
        return found(named).orElseThrow(() -> absent(FIRST_STEPS));
    }

    private Optional<Path> found(Optional<Path> named) {
        return named.or(this::ofEnvironment)
                .or(() -> USUAL.stream().filter(Files::exists).findFirst());
    }

    private static CommandException absent(String advice) {
        return new CommandException(
                ExitCode.CONFIGURATION,
                "no configuration file: " + VARIABLE + " is not set, and there is none at "
                        + USUAL.stream().map(Path::toString).collect(Collectors.joining(" or "))
                        + "; name one with --conf FILE.\n" + advice);
    }

    /** Whether a file is the example of the checkout that {@code scripts/run} was started from, found and not named. */
    boolean isExample(Optional<Path> named) {
        Path usual = USUAL.get(0);
        String home = System.getProperty("weir.home", "");
        return named.or(this::ofEnvironment).isEmpty()
                && !home.isEmpty()
                && Path.of(home).resolve(usual).toAbsolutePath().normalize().equals(usual.toAbsolutePath());
    }

    private Optional<Path> ofEnvironment() {
        try {
            return input.variable(VARIABLE).filter(name -> !name.isBlank()).map(Path::of);
        } catch (InvalidPathException e) {
            throw new CommandException(ExitCode.CONFIGURATION, VARIABLE + " is not a path: " + e.getReason());
        }
    }

    /** Refuses standard input for a command that reads its file again when that changes. */
    static void requireFile(Path conf) {
        if (CommandInput.isStandard(conf)) {
            throw new CommandException(
                    ExitCode.USAGE, "--conf: expected a file, which is read again when it changes, not standard input");
        }
    }

    /** Reads a file; without one the made-up account. */
    public Loaded load(Optional<Path> conf) {
        return conf.map(this::load).orElseGet(() -> new DevAccount(clock).load());
    }

    private Loaded load(Path conf) {
        Problems problems = new Problems();
        byte[] bytes = read(conf);
        String name = CommandInput.name(conf);
        Optional<ConfigurationFile> file =
                Optional.of(new ConfigurationFile(conf, bytes, input, ConfigFiles::accounts, clock.instant()));
        Optional<String> text = FileText.decode(name, bytes, problems);
        if (text.isEmpty()) {
            return new Loaded(Optional.empty(), new Replies(Map.of()), PluginHandlers.none(), file, problems);
        }
        Section root = Section.parse(name, text.get(), input, problems);
        Optional<GatewayConfig> config = GatewayConfig.read(root);
        Replies replies = new Replies(repliesFiles(conf, root, problems));
        warnOfUnusedBackends(root, replies);
        if (!CommandInput.isStandard(conf)) {
            new FileWarnings(problems).lookAt(conf, root.hasSecretsWrittenOut());
        }
        PluginHandlers own = PluginHandlers.in(handlersFolder(conf), handlers(config), problems);
        return new Loaded(config, replies, own, file, problems);
    }

    private static Optional<List<AccountConfig>> accounts(Section root) {
        return GatewayConfig.read(root).map(GatewayConfig::accounts);
    }

    /** What it says of handlers; nothing where it has errors. */
    static Map<String, HandlerConfig> handlers(Optional<GatewayConfig> config) {
        return config.map(GatewayConfig::handlers).orElse(Map.of());
    }

    /** The folder of custom handlers beside a file. */
    static Path handlersFolder(Path file) {
        return file.resolveSibling("handlers");
    }

    /** Of every account that the file names, even where the rest of it has errors: all problems come at once. */
    private Map<String, RepliesFile> repliesFiles(Path conf, Section root, Problems problems) {
        Set<String> backends = BackendConfig.names(root);
        Map<Path, Optional<RepliesFile>> byPath = new HashMap<>();
        Map<String, RepliesFile> byAccount = new HashMap<>();
        root.sections("accounts").forEach((account, section) -> {
            Section named = section.text("replies").isPresent() ? section : root;
            Optional<String> name = named.text("replies");
            Path path = beside(conf, name.orElse(COMMON_REPLIES), named);
            byPath.computeIfAbsent(path, each -> repliesFile(each, named, name.isPresent(), backends, problems))
                    .ifPresent(file -> byAccount.put(account, file));
        });
        return byAccount;
    }

    private static void warnOfUnusedBackends(Section root, Replies replies) {
        Set<String> asked = replies.files().stream()
                .flatMap(file -> file.rules().backends().stream())
                .collect(Collectors.toSet());
        BackendConfig.warnOfUnused(root, asked);
    }

    private static Path beside(Path conf, String name, Section named) {
        try {
            return conf.resolveSibling(name);
        } catch (InvalidPathException e) {
            named.problem("replies", "expected a path: " + e.getReason());
            return conf.resolveSibling(COMMON_REPLIES);
        }
    }

    private Optional<RepliesFile> repliesFile(
            Path path, Section named, boolean isNamed, Set<String> backends, Problems problems) {
        try {
            return Optional.of(RepliesFile.read(path, backends, TextFile.read(path), problems, clock.instant()));
        } catch (NoSuchFileException e) {
            if (isNamed) {
                named.problem("replies", "expected the path of a replies file; there is none at " + path);
            } else {
                named.warning("replies", "without a replies file at " + path + " the built-in handlers answer nothing");
            }
            return Optional.empty();
        } catch (IOException e) {
            named.problem(
                    "replies", "expected a readable replies file; " + path + " cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    private byte[] read(Path conf) {
        try {
            return input.read(conf, "--conf");
        } catch (NoSuchFileException e) {
            throw new CommandException(
                    ExitCode.CONFIGURATION, "no configuration file at " + conf + "; name one with --conf FILE");
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.CONFIGURATION,
                    "the configuration file " + CommandInput.name(conf) + " cannot be read: " + e.getMessage());
        }
    }
}
