package io.weir.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher of the packages, with a Java that only says how it was called. */
class LauncherTest {
    private static final String FLAGS_OF_THE_RIG = "scripts/.jvm";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        // half of the memory in MB, cores, heap in MB, collector
        "   64, 1,   64, SerialGC",
        "  128, 1,  128, SerialGC",
        "  512, 1,  256, SerialGC",
        "  256, 2,  256, SerialGC",
        "12288, 2,  512, SerialGC",
        "12288, 4, 1024, G1GC",
        "12288, 8, 2048, G1GC",
        "12288, 13, 2048, G1GC",
        "  512, 8,  512, G1GC",
        "   20, 2,   64, SerialGC",
    })
    void givesServeHalfOfTheMemoryWithinTheBoundsOfItsCores(int half, int cores, int heap, String collector)
            throws Exception {
        String called = run(half, cores, "", "serve", "--conf", "weir.yaml");

        assertThat(called)
                .contains(" -Xms" + heap + "m -Xmx" + heap + "m ", "-XX:+Use" + collector)
                .endsWith("weir.jar serve --conf weir.yaml\n");
    }

    @Test
    void hasTheFlagsThatWereMeasuredButForTheSizes() throws Exception {
        List<String> measured = Files.readAllLines(Path.of(FLAGS_OF_THE_RIG)).stream()
                .filter(line -> line.startsWith("-") && !line.startsWith("-Xm"))
                .toList();

        assertThat(run(256, 2, "", "serve").split("\\s+")).containsAll(measured);
    }

    /** No Windows runs the tests; the flags are those of the launcher beside it, and a Java takes them. */
    @Test
    void hasATwinForWindowsWithTheSameBounds() throws Exception {
        String twin = Files.readString(Path.of("src/dist/weir.cmd"));
        String flags = Pattern.compile("-XX:[^ \"\\r\\n]+")
                .matcher(twin.replace("%ram%", "1024"))
                .results()
                .map(MatchResult::group)
                .filter(flag -> !flag.endsWith("UseG1GC"))
                .collect(Collectors.joining(" "));

        Process java = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        System.getProperty("java.home") + "/bin/java " + flags + " -XX:+PrintFlagsFinal -version")
                .redirectErrorStream(true)
                .start();
        String told = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(java.waitFor()).as(told).isZero();
        assertThat(told).containsPattern(" MaxHeapSize += " + 512 * 1024 * 1024 + " ");
        List<String> measured = Files.readAllLines(Path.of(FLAGS_OF_THE_RIG)).stream()
                .filter(line -> line.startsWith("-XX:") && !line.contains("TrimNativeHeap")) // Linux alone has it
                .toList();
        assertThat(flags.split(" ")).containsAll(measured);
    }

    @Test
    void leavesToTheOperatorWhatTheOperatorSays() throws Exception {
        assertThat(run(256, 2, "-Xmx100m -XX:+UseZGC", "serve"))
                .contains(" -Xmx100m -XX:+UseZGC -jar ")
                .doesNotContain("-Xms", "-Xmx256m", "SerialGC");
        assertThat(run(256, 2, "-XX:MaxRAMPercentage=70", "serve"))
                .doesNotContain("-Xm")
                .contains("SerialGC");
        assertThat(run(256, 2, "-Da=b", "serve")).contains(" -Xms256m -Xmx256m ", "SerialGC", " -Da=b -jar ");
        assertThat(run(256, 2, "-Xmx1g", "check")).contains("-Xmx256m").contains(" -Xmx1g -jar ");
    }

    @Test
    void leavesToTheJvmWhatTheJvmDidNotTell() throws Exception {
        assertThat(run(0, 0, "", "serve")).doesNotContain("-Xm", "GC").endsWith("weir.jar serve\n");
    }

    @Test
    void keepsAnArgumentWithBlanksInOnePiece() throws Exception {
        assertThat(run(256, 2, "", "trigger", "text", "--field", "Content=a  b"))
                .endsWith("--field Content=a  b\n");
    }

    @Test
    void tellsHowToGetAJavaWhereThereIsNone() throws Exception {
        Path launcher = installed();
        ProcessBuilder without =
                new ProcessBuilder("/bin/sh", launcher.toString(), "version").redirectErrorStream(true);
        without.environment().put("JAVA_HOME", folder.resolve("nowhere").toString());
        Process none = without.start();

        assertThat(new String(none.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("weir: no Java: install a JRE 17 or newer");
        assertThat(none.waitFor()).isEqualTo(69);
    }

    private String run(int half, int cores, String options, String... arguments) throws Exception {
        Path java = folder.resolve("jre/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, """
                #!/bin/sh
                case " $* " in
                  *PrintFlagsFinal*)
                    echo "   size_t MaxHeapSize          = %d      {product} {ergonomic}"
                    echo "     uint ParallelGCThreads    = %d      {product} {default}" ;;
                  *) for word in "$@"; do printf '%%s ' "$word"; done | sed 's/ $//'; echo ;;
                esac
                """.formatted(half * 1024L * 1024, cores));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", installed().toString()).redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(Map.of("JAVA_HOME", folder.resolve("jre").toString(), "WEIR_JAVA_OPTS", options));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return out;
    }

    /** As unpacked from the tar.gz. */
    private Path installed() throws IOException {
        Path launcher = folder.resolve("weir-1/bin/weir");
        if (Files.notExists(launcher)) {
            Files.createDirectories(launcher.getParent());
            Files.copy(Path.of("src/dist/weir"), launcher);
            Files.createFile(folder.resolve("weir-1/weir.jar"));
        }
        return launcher;
    }
}
