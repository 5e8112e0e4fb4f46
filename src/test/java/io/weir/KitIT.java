package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Projects of other people, built by Maven with the artifacts of this build: a handler of {@code weir new}, a server with Spring Boot
 * that is tested with weir-test, and an application on Vert.x with a gateway in it. What Maven cannot get from its registry is left out.
 */
class KitIT {
    private static final Path KIT = Path.of("target/kit").toAbsolutePath();
    private static final String VERSION = ofPom("(?s)<artifactId>weir</artifactId>\\s*<version>(.*?)</version>.*");
    private static final Map<String, Path> ARTIFACTS = new TreeMap<>(Map.of(
            "weir", Path.of("target/original-weir.jar"),
            "weir-api", Path.of("target/weir-api.jar"),
            "weir-test", Path.of("target/weir-test.jar")));
    private static final long LIMIT_SECONDS = 240;
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    /** In a repository that goes before the user's own, which has the libraries. */
    @BeforeAll
    static void install() throws IOException {
        try (Stream<Path> logs = Files.list(Files.createDirectories(KIT))) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                Files.delete(log);
            }
        }
        for (Map.Entry<String, Path> each : ARTIFACTS.entrySet()) {
            String name = each.getKey();
            assumeTrue(Files.exists(each.getValue()), each.getValue() + " is not there: weir.test.skip is set");
            Path target = Files.createDirectories(KIT.resolve("repository/io/weir/" + name + "/" + VERSION));
            copy(each.getValue(), target.resolve(name + "-" + VERSION + ".jar"));
            Path pom = Path.of(name.equals("weir") ? "pom.xml" : "src/poms/" + name + ".xml");
            copy(pom, target.resolve(name + "-" + VERSION + ".pom"));
        }
    }

    @Test
    void aNewHandlerPassesItsTestAndIsTakenInAgainWhenItIsBuiltAgain() throws IOException {
        try (WeirProcess create = WeirProcess.start(folder, "new", "handler", "order")) {
            assertThat(create.exitCode()).as(create.err()).isZero();
        }
        Path project = folder.resolve("order");
        Path source = project.resolve("src/main/java/com/example/OrderHandler.java");
        Path jar = project.resolve("target/order.jar");
        assertThat(build(project)).contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0");

        try (WeirProcess dev = WeirProcess.start(project, "dev", "--watch", "target/order.jar")) {
            String url = dev.awaitOut("push URL\\s+(\\S+)");
            dev.awaitOut("trigger CLICK --key V1001_ORDER");
            assertThat(answer(url)).contains("user sees: You tapped V1001_ORDER");

            Files.writeString(source, Files.readString(source).replace("You tapped", "Again you tapped"));
            build(project, "-DskipTests");
            Instant built = Files.getLastModifiedTime(jar).toInstant();
            String taken =
                    dev.awaitErr("(?s)custom handler loaded.*?(\\S+) +INFO +PluginHandlers custom handler loaded");

            assertThat(answer(url)).contains("user sees: Again you tapped V1001_ORDER");
            Duration after = Duration.between(built, Instant.parse(taken));
            System.out.println(
                    "a handler that was built again answered " + after.toMillis() + " ms after its jar was written");
            assertThat(after).isLessThan(SOON);
        }
    }

    /** The handler of the README and the tests of the guides, in place of those of the new project. */
    @Test
    void theHandlerAndTheTestsOfTheDocumentationBuildAsANewProject() throws IOException {
        try (WeirProcess create = WeirProcess.start(folder, "new", "handler", "hello")) {
            assertThat(create.exitCode()).as(create.err()).isZero();
        }
        Path project = folder.resolve("hello");
        Path sources = project.resolve("src/main/java/com/example");
        Path tests = project.resolve("src/test/java/com/example");
        Files.delete(sources.resolve("HelloHandler.java"));
        Files.delete(tests.resolve("HelloHandlerTest.java"));
        Files.writeString(sources.resolve("Hello.java"), ReadmeExampleIT.example("class Hello implements"));
        Files.writeString(tests.resolve("HelloTest.java"), ReadmeExampleIT.example("class HelloTest"));
        Files.writeString(tests.resolve("JokeTest.java"), ReadmeExampleIT.example("class JokeTest"));
        Files.delete(project.resolve("conf/replies.yaml"));

        assertThat(build(project)).contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0");
    }

    @Test
    void aServerWithSpringBootIsTestedBesideItsOwnLibraries() throws IOException {
        String log = build(copied("spring"));

        assertThat(log).contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0");
        Matcher library = Pattern.compile("library (\\S+)").matcher(log);
        while (library.find()) {
            System.out.println("Spring Boot beside weir-test: " + library.group(1));
        }
        assertThat(log).doesNotContain("SLF4J(", "|-WARN", "|-ERROR");
    }

    @Test
    void anApplicationOnVertxAnswersOnTheBusOfItsGateway() throws IOException {
        String log = build(copied("vertx"));

        assertThat(log).contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0");
        assertThat(log).doesNotContain("|-WARN", "|-ERROR");
    }

    private String answer(String url) {
        try (WeirProcess trigger = WeirProcess.start(folder, "trigger", "CLICK", "--key", "V1001_ORDER", "--to", url)) {
            assertThat(trigger.exitCode()).isZero();
            return trigger.out();
        }
    }

    /** What Maven has printed. */
    private static String build(Path project, String... options) throws IOException {
        Path log = Files.createTempFile(Files.createDirectories(KIT), "maven", ".log");
        Path own = project.resolve("mvnw");
        List<String> command = Stream.concat(
                        Stream.of(
                                (Files.exists(own) ? own : Path.of("mvnw").toAbsolutePath()).toString(),
                                "-B",
                                "-f",
                                project.resolve("pom.xml").toString(),
                                "-Dweir.version=" + VERSION,
                                "-Dmaven.repo.local=" + KIT.resolve("repository"),
                                "-Dmaven.repo.local.tail=" + Path.of(System.getProperty("user.home"), ".m2/repository"),
                                "package"),
                        Stream.of(options))
                .toList();
        Process process = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            String printed = Files.readString(log);
            assertThat(ended).as(printed).isTrue();
            assumeTrue(!lacksLibraries(printed), "libraries cannot be had from the Maven registry: see " + log);
            assertThat(process.exitValue()).as(printed).isZero();
            Files.delete(log);
            return printed;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Those of this build are there: where one of them is missing, that is a failure. */
    private static boolean lacksLibraries(String printed) {
        return Pattern.compile(
                        "Could not transfer artifact (?!io\\.weir)|Non-resolvable parent POM|Failed to fetch https?:")
                .matcher(printed)
                .find();
    }

    private Path copied(String name) throws IOException {
        Path from = Path.of("src/test/projects", name);
        Path to = folder.resolve(name);
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                copy(file, to.resolve(from.relativize(file)));
            }
        }
        return to;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String ofPom(String pattern) {
        try {
            Matcher found = Pattern.compile(pattern).matcher(Files.readString(Path.of("pom.xml")));
            assertThat(found.find()).isTrue();
            return found.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
