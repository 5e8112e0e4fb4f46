package io.weir.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.weir.docs.GuidePage.Step;
import io.weir.redis.RedisServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The README, the tutorials and the guides, followed by the letter: each page in a new folder with the files of the repository that it speaks
 * of, its commands in order in one shell. What no test can do (install a package, ask WeChat) is listed in {@code docs/not-run.txt} with
 * the reason. Tagged, since a machine that gives no network of its own has each port once.
 */
@Tag("measured")
class GuideCommandsIT {
    private static final Path DOCS = Path.of("src/docs/en");
    private static final Path NOT_RUN = Path.of("src/test/resources/docs/not-run.txt");
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final Pattern SERVER =
            Pattern.compile("^(\\w+=\\S+ )*(((scripts/run|weir|java -jar \\S+)( (dev|serve|simulator)\\b[^|&]*)?)"
                    + "|(redis-server [^|&]*))\\s*(#.*)?$");
    private static final Pattern READY =
            Pattern.compile("press Ctrl-C to stop|gateway ready|Ready to accept connections");
    private static final Pattern PORT = Pattern.compile("(?:PORT=|--port[ =]|http\\.server )(\\d{4,5})");
    private static final Pattern REPEATABLE =
            Pattern.compile("^(scripts/run|weir) trigger\\b.*|^curl (?!.*-X).*", Pattern.DOTALL);
    private static final Pattern WORDS = Pattern.compile("[\\s;|&()]+");
    private static final Set<String> PERHAPS = Set.of("python3", "node", "npm", "php", "go", "redis-cli");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    static Stream<GuidePage> pages() throws IOException {
        List<GuidePage> pages = new ArrayList<>();
        pages.add(GuidePage.read("README", Path.of("README.md")));
        for (String kind : List.of("tutorial", "guide")) {
            if (Files.isDirectory(DOCS.resolve(kind))) {
                try (Stream<Path> files = Files.list(DOCS.resolve(kind))) {
                    files.sorted()
                            .map(file -> GuidePage.read(
                                    kind + "/" + file.getFileName().toString().replace(".md", ""), file))
                            .forEach(pages::add);
                }
            }
        }
        return pages.stream();
    }

    /** One of them, with {@code -Dweir.page=guide/menus}. */
    static Stream<GuidePage> chosen() throws IOException {
        String one = System.getProperty("weir.page", "");
        return pages().filter(page -> one.isEmpty() || page.name().equals(one));
    }

    @AfterEach
    void letGoOfTheJar() throws IOException {
        for (String link : List.of("weir.jar", "target/weir.jar", ".bin/redis-server")) {
            Files.deleteIfExists(folder.resolve(link));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chosen")
    void doesWhatThePageSays(GuidePage page) throws IOException {
        lay(folder);
        Set<String> left = notRun(page.name()).keySet();
        try (ShellSession shell = new ShellSession(folder, environment())) {
            for (Step step : page.steps()) {
                if (step instanceof Step.Written written) {
                    write(folder.resolve(written.file()), written.text());
                } else if (step instanceof Step.CtrlC) {
                    shell.stopLast();
                } else if (step instanceof Step.Command command
                        && left.stream().noneMatch(command.text()::startsWith)) {
                    needs(command.text());
                    follow(shell, command);
                }
            }
        }
    }

    @Test
    void listsOnlyCommandsThatThereAre() throws IOException {
        Map<String, GuidePage> pages = new LinkedHashMap<>();
        pages().forEach(page -> pages.put(page.name(), page));
        Set<String> gone = new TreeSet<>();
        for (String line : lines()) {
            String[] parts = line.split("\t", -1);
            assertThat(parts)
                    .as("page, command and reason in: %s", line)
                    .hasSize(3)
                    .doesNotContain("");
            GuidePage page = pages.get(parts[0]);
            if (page == null
                    || page.steps().stream()
                            .noneMatch(step -> step instanceof Step.Command command
                                    && command.text().startsWith(parts[1]))) {
                gone.add(line);
            }
        }

        assertThat(gone).isEmpty();
    }

    private void follow(ShellSession shell, Step.Command command) {
        if (SERVER.matcher(command.text()).matches() && !command.text().contains("--help")) {
            started(shell, command);
        } else {
            finished(shell, command);
        }
    }

    private void started(ShellSession shell, Step.Command command) {
        Path log = shell.start(command.text());
        long until = System.nanoTime() + START.toNanos();
        Optional<String> missing;
        boolean ready;
        boolean runs;
        do {
            runs = shell.lastRuns();
            String said = ShellSession.text(log);
            ready = READY.matcher(said).find();
            missing = ShownOutput.missing(command.shown(), said);
        } while ((!ready || missing.isPresent()) && runs && System.nanoTime() < until);
        assertThat(missing).as("%s\n%s", command.text(), ShellSession.text(log)).isEmpty();
        assertThat(ready || !command.shown().isEmpty())
                .as("it is ready: %s\n%s", command.text(), ShellSession.text(log))
                .isTrue();
    }

    /** What a change of a file does is seen a second or two later: a reader tries again, too. */
    private void finished(ShellSession shell, Step.Command command) {
        long until = System.nanoTime() + AGAIN.toNanos();
        ShellSession.Said said;
        Optional<String> missing;
        do {
            said = shell.run(command.text());
            missing = ShownOutput.missing(command.shown(), said.text());
        } while (missing.isPresent() && REPEATABLE.matcher(command.text()).matches() && System.nanoTime() < until);
        assertThat(missing).as("%s\n%s", command.text(), said.text()).isEmpty();
        if (command.mustSucceed()) {
            assertThat(said.exitCode())
                    .as("%s\n%s", command.text(), said.text())
                    .isZero();
        }
        Matcher port = PORT.matcher(command.text());
        if (command.text().endsWith("&") && port.find()) {
            shell.run("for i in {1..300}; do (: < /dev/tcp/127.0.0.1/" + port.group(1)
                    + ") 2> /dev/null && break; sleep 0.1; done");
        }
    }

    /** What a command needs that a machine may lack; the tests of backends name it too. */
    private static void needs(String command) {
        WORDS.splitAsStream(command)
                .filter(word ->
                        PERHAPS.contains(word) && RedisServer.installed(word).isEmpty())
                .findFirst()
                .ifPresent(word -> abort(word + " is not installed: " + command));
    }

    private Map<String, String> environment() throws IOException {
        Path bin = Files.createDirectories(folder.resolve(".bin"));
        String java = Path.of(System.getProperty("java.home"), "bin").toString();
        String weir = "#!/bin/sh\n[ $# -gt 0 ] || set -- @default@\nexec '" + java + "/java' -XX:+UseSerialGC"
                + " -XX:TieredStopAtLevel=1 -Xmx128m -Dweir.command='@name@' -jar '" + jar() + "' \"$@\"\n";
        executable(bin.resolve("weir"), weir.replace("@default@", "--help").replace("@name@", "weir"));
        executable(
                folder.resolve("scripts/run"), weir.replace("@default@", "dev").replace("@name@", "scripts/run"));
        executable(folder.resolve("scripts/test"), "#!/bin/sh\n");
        Files.createSymbolicLink(bin.resolve("redis-server"), RedisServer.program());
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", String.join(File.pathSeparator, bin.toString(), java, System.getenv("PATH")));
        environment.put("HOME", folder.toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("NO_COLOR", "1");
        return environment;
    }

    private static Path jar() {
        return Path.of(Objects.requireNonNull(System.getProperty("weir.jar"))).toAbsolutePath();
    }

    /** What a reader has: the files of the repository and the jar. */
    private static void lay(Path folder) throws IOException {
        for (String part : List.of("conf", "src/examples")) {
            try (Stream<Path> files = Files.walk(Path.of(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    write(folder.resolve(file.toString()), Files.readString(file));
                }
            }
        }
        Files.createDirectories(folder.resolve("target"));
        Files.createSymbolicLink(folder.resolve("target/weir.jar"), jar());
        Files.createSymbolicLink(folder.resolve("weir.jar"), jar());
    }

    private static void executable(Path file, String text) throws IOException {
        write(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    private static List<String> lines() throws IOException {
        return Files.readAllLines(NOT_RUN).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
    }

    /** Commands that are not run, with the reason. */
    private static Map<String, String> notRun(String page) throws IOException {
        Map<String, String> commands = new LinkedHashMap<>();
        for (String line : lines()) {
            String[] parts = line.split("\t", -1);
            if (parts[0].equals(page)) {
                commands.put(parts[1], parts[2]);
            }
        }
        return commands;
    }
}
