package io.weir.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.Problem;
import io.weir.config.Problems;
import io.weir.config.Secret;
import io.weir.config.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of the configuration that stand in files: {@code ${file:/path}}. */
class ProcessEnvironmentTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private final Problems problems = new Problems();

    @ParameterizedTest
    @CsvSource({"'hush'", "'hush\n'", "'hush\r\n'"})
    void takesAFileWithoutTheLineBreakAtItsEnd(String content) throws IOException {
        Path file = write("token", content);

        assertThat(parse("a: '${file:" + file + "}'").secret("a")).contains(Secret.of("hush"));
        assertThat(parse("a: 'redis://:${file:" + file + "}@${HOST}'").text("a"))
                .contains("redis://:hush@redis");
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void keepsAllOtherLineBreaksAndSpaces() throws IOException {
        Path file = write("value", " one\n\n two \n\n");

        assertThat(parse("a: '${file:" + file + "}'").text("a")).contains(" one\n\n two \n");
    }

    @Test
    void followsTheLinksThatKubernetesMakes() throws IOException {
        write("data", "hush");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("data"));

        assertThat(parse("a: '${file:" + link + "}'").secret("a")).contains(Secret.of("hush"));
    }

    @Test
    void namesTheFileAndTheReasonWhereItCannotBeRead() throws IOException {
        Path large = write("large", "h".repeat(64 * 1024 + 1));
        Path binary = folder.resolve("binary");
        Files.write(binary, new byte[] {'h', (byte) 0xff});
        Path missing = folder.resolve("missing");
        for (Path each : List.of(large, binary, missing, folder)) {
            assertThat(parse("a: '${file:" + each + "}'").requiredSecret("a")).isEqualTo(Secret.of(""));
        }

        assertThat(texts())
                .containsExactly(
                        refused(large, "it has more than 64 KiB"),
                        refused(binary, "it is not UTF-8"),
                        refused(missing, "there is no such file"),
                        refused(folder, "it is not a regular file"));
    }

    @Test
    void takesNoRelativePath() {
        parse("a: '${file:token}'").text("a");

        assertThat(texts())
                .containsExactly("weir.yaml:1: a: found \"${file:\" without an absolute path; expected ${NAME},"
                        + " ${NAME:default} or ${file:/path}; begin the path with \"/\"");
    }

    @Test
    void neverShowsWhatAFileHolds() throws IOException {
        Path file = write("value", "hush\n");
        Section section = parse("a: '${file:" + file + "}'\nb: 'x${file:" + file + "}'\nc: ['${file:" + file + "}']");

        assertThat(section.flag("a", true)).isTrue();
        assertThat(section.integer("b", 1, 0, 9)).isOne();
        section.problem("c", "expected something else");

        assertThat(texts())
                .hasSize(3)
                .allSatisfy(text ->
                        assertThat(text).contains("${file:" + file + "}").doesNotContain("hush"));
    }

    @Test
    void namesABlankFile() throws IOException {
        Path file = write("empty", "\n");

        parse("a: '${file:" + file + "}'").requiredSecret("a");

        assertThat(texts())
                .containsExactly("weir.yaml:1: a: found ${file:" + file
                        + "}, which is blank; expected a value, which is required");
    }

    private static String refused(Path file, String reason) {
        return "weir.yaml:1: a: found ${file:" + file + "}, which cannot be read: " + reason
                + "; expected a readable file with the value; look at its path, owner and mode";
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, content.getBytes(StandardCharsets.UTF_8));
        return file;
    }

    private Section parse(String yaml) {
        return Section.parse("weir.yaml", yaml, new ProcessEnvironment(Map.of("HOST", "redis")), problems);
    }

    private List<String> texts() {
        return problems.all().stream().map(Problem::text).toList();
    }
}
