package io.weir.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.CommandRun;
import io.weir.backend.NodeLibraries;
import io.weir.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code weir new} writes; {@code KitIT} builds its handler. */
class NewCommandTest {
    private static final Map<String, String> SECRET =
            Map.of("TEA_SHOP_SECRET", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void writesAHandlerWithAKeyOfItsName() throws IOException {
        CommandRun run = create("handler", "tea-shop");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("cd " + folder.resolve("tea-shop"), "weir dev --watch target/tea-shop.jar");
        assertThat(files("tea-shop"))
                .contains(
                        ".gitignore",
                        "mvnw",
                        "pom.xml",
                        "src/main/java/com/example/TeaShopHandler.java",
                        "src/test/java/com/example/TeaShopHandlerTest.java");
        assertThat(folder.resolve("tea-shop/mvnw")).isExecutable();
        assertThat(read("tea-shop/src/main/resources/META-INF/services/io.weir.plugin.Handler"))
                .isEqualTo("com.example.TeaShopHandler\n");
        assertThat(read("tea-shop/src/main/java/com/example/TeaShopHandler.java"))
                .contains("\"V1001_TEA_SHOP\"");
    }

    @Test
    void namesTheClassOnceWhereTheNameEndsWithHandler() throws IOException {
        create("handler", "order-handler");

        assertThat(files("order-handler")).contains("src/main/java/com/example/OrderHandler.java");
        assertThat(read("order-handler/pom.xml")).contains("<finalName>order-handler</finalName>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"python", "node"})
    void writesABackendThatWeirChecksAndWhoseMenuIsValid(String language) throws IOException {
        create("backend", "tea-shop", "--language", language);

        String conf = folder.resolve("tea-shop/conf/weir.yaml").toString();
        CommandRun check = CommandRun.with(SECRET, "check", "--conf", conf);
        assertThat(check.exitCode()).as(check.out() + check.err()).isZero();
        assertThat(check.out() + check.err()).contains("0 errors, 0 warnings");
        CommandRun menu = CommandRun.with(
                SECRET,
                "menu",
                "validate",
                folder.resolve("tea-shop/conf/menu.yaml").toString(),
                "--conf",
                conf);
        assertThat(menu.exitCode()).as(menu.out() + menu.err()).isZero();
    }

    @Test
    void writesATestOfTheBackendInPythonThatPasses() throws Exception {
        assumeTrue(NodeLibraries.isOnThePath("python3"), "python3 is not installed");
        create("backend", "tea-shop");

        assertThat(run("python3", "-m", "unittest")).contains("Ran 3 tests", "OK");
    }

    @Test
    void writesATestOfTheBackendInNodeThatPasses() throws Exception {
        assumeTrue(NodeLibraries.isOnThePath("node"), "node is not installed");
        create("backend", "tea-shop", "--language", "node");

        assertThat(run("node", "--test")).contains("pass 3", "fail 0");
    }

    @Test
    void leavesNoWordOfATemplateUnreplaced() throws IOException {
        create("handler", "tea");
        create("backend", "milk");
        create("backend", "milk-js", "--language", "node");

        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                assertThat(file + "\n" + Files.readString(file)).doesNotContainPattern("@[A-Za-z]+@");
            }
        }
    }

    @Test
    void tellsTheFilesAsJson() {
        CommandRun run = create("handler", "tea", "--json");

        assertThat(run.json().getString("folder"))
                .isEqualTo(folder.resolve("tea").toString());
        assertThat(run.json().getJsonArray("files"))
                .contains(folder.resolve("tea/pom.xml").toString());
    }

    @Test
    void keepsAFolderInWhichSomethingLies() throws IOException {
        Files.createDirectories(folder.resolve("tea"));
        Files.writeString(folder.resolve("tea/notes.txt"), "mine");

        CommandRun run = create("handler", "tea");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("exists and is not an empty folder");
        assertThat(files("tea")).containsExactly("notes.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tea",
                "1tea",
                "tea_shop",
                "tea--shop",
                "tea-",
                "blocking",
                "a234567890123456789012345678901234567890x"
            })
    void refusesANameThatNoProjectCanHave(String name) {
        CommandRun run = create("handler", name);

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("NAME: expected", name);
        assertThat(folder.resolve(name)).doesNotExist();
    }

    @Test
    void namesTheLibrariesThatThisBuildUses() throws IOException {
        create("handler", "tea");

        String pom = Files.readString(Path.of("pom.xml"));
        String junit = pom.replaceFirst("(?s).*<junit.version>(.*?)<.*", "$1");
        assertThat(read("tea/pom.xml")).contains("<version>" + junit + "</version>");
    }

    private CommandRun create(String kind, String name, String... options) {
        return CommandRun.of(
                Stream.concat(Stream.of("new", kind, folder.resolve(name).toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private List<String> files(String project) throws IOException {
        Path root = folder.resolve(project);
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .toList();
        }
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "run", ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.resolve("tea-shop").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(30, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        return Files.readString(log);
    }
}
