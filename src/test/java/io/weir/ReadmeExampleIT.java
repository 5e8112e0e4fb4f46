package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's handler, compiled, packed, dropped in and replaced as the README says; {@code KitIT} runs its tests. */
class ReadmeExampleIT {
    private static final String SERVICE_FILE = "META-INF/services/io.weir.plugin.Handler";
    private static final Pattern BLOCK = Pattern.compile("```(?:java|xml)\\n(.*?)```", Pattern.DOTALL);
    private static final Path JAR = Path.of(Objects.requireNonNull(System.getProperty("weir.jar")));

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void answersInPlaceOfTheBuiltInHandlerUntilTheJarIsReplaced() throws IOException {
        pack(example("class Hello implements"));

        assertThat(answer()).contains("user sees: Hello, you tapped V1001_SUNCK");
        pack(example("class Hello implements").replace("Hello, you", "Again you"));
        assertThat(answer()).contains("user sees: Again you tapped V1001_SUNCK");
        Files.delete(folder.resolve("conf/handlers/hello.jar"));
        assertThat(answer()).contains("user sees: sunck is a good man");
    }

    @Test
    void isRefusedAtTheStartWithTheJarsNameWhenItIsBroken() throws IOException {
        Files.createDirectories(folder.resolve("conf/handlers"));
        Files.writeString(folder.resolve("conf/handlers/broken.jar"), "no jar");

        try (WeirProcess dev = WeirProcess.start(folder, "dev")) {
            assertThat(dev.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(dev.err()).contains("conf/handlers/broken.jar: found a file that is not a valid JAR");
        }
    }

    private String answer() {
        try (WeirProcess dev = WeirProcess.start(folder, "dev")) {
            String url = dev.awaitOut("push URL\\s+(\\S+)");
            dev.awaitOut("trigger CLICK");
            try (WeirProcess trigger =
                    WeirProcess.start(folder, "trigger", "CLICK", "--key", "V1001_SUNCK", "--to", url)) {
                assertThat(trigger.exitCode()).isZero();
                return trigger.out();
            }
        }
    }

    private void pack(String source) throws IOException {
        Path classes = folder.resolve("hello");
        write(folder.resolve("Hello.java"), source);
        write(classes.resolve(SERVICE_FILE), "com.example.Hello\n");
        Files.createDirectories(folder.resolve("conf/handlers"));
        run(
                tool("javac"),
                "-cp",
                JAR.toString(),
                "-d",
                classes.toString(),
                folder.resolve("Hello.java").toString());
        run(
                tool("jar"),
                "--create",
                "--file",
                folder.resolve("conf/handlers/hello.jar").toString(),
                "-C",
                classes.toString(),
                ".");
    }

    private void run(String... command) throws IOException {
        Path output = Files.createTempFile(folder, "run", ".log");
        Process process = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(3, TimeUnit.MINUTES);
            process.destroyForcibly();
            assertThat(ended).as(Files.readString(output)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** The code block of the README or of a guide in which that text stands. */
    static String example(String text) throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
        try (Stream<Path> guides = Files.list(Path.of("src/docs/en/guide"))) {
            guides.sorted().forEach(pages::add);
        }
        for (Path page : pages) {
            Matcher block = BLOCK.matcher(Files.readString(page));
            while (block.find()) {
                if (block.group(1).contains(text)) {
                    return block.group(1);
                }
            }
        }
        throw new AssertionError("neither the README nor a guide has an example with: " + text);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
