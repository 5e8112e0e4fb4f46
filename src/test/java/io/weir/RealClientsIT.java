package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.weir.backend.NodeLibraries;
import io.weir.simulator.Simulator;
import io.weir.simulator.SimulatorConfig;
import io.weir.simulator.SimulatorConfig.OfficialAccount;
import io.weir.simulator.platform.Materials;
import io.weir.simulator.platform.Registration;
import io.weir.simulator.platform.Uploads;
import io.weir.simulator.push.Gateways;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.TestAccounts;
import io.weir.simulator.time.RealTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients of WeChat that nobody here wrote, from the registries and unchanged, against the simulated WeChat: they are told another
 * base URL, nothing else. What cannot be installed is left out. The manual's table has each of these calls.
 */
class RealClientsIT {
    private static final List<Path> MANUALS =
            List.of(Path.of("src/docs/en/reference/simulator.md"), Path.of("src/docs/zh/reference/simulator.md"));
    private static final Path WXJAVA = Path.of("src/test/clients/wxjava").toAbsolutePath();
    private static final long LIMIT_SECONDS = 120;
    private static final int FEWEST_CALLS = 30;

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Simulator wechat;

    @BeforeEach
    void start() throws IOException {
        OfficialAccount account = new OfficialAccount(
                Registration.of("dev", TestAccounts.APP_ID, "secret", TestAccounts.ORIGINAL_ID),
                TestAccounts.in(PushMode.PLAINTEXT),
                Gateways.answering(vertx, "success"));
        wechat = new Simulator(
                vertx,
                new SimulatorConfig("127.0.0.1", 0, Optional.empty(), List.of(account), false),
                new RealTime(vertx));
        WeChat.await(wechat.start());
        wechat.person("dev", "alice").says("hello");
        Files.write(folder.resolve("image.png"), Materials.picture("alice").getBytes());
        Files.write(folder.resolve("voice.amr"), Uploads.amr(100).getBytes());
        Files.write(folder.resolve("video.mp4"), Uploads.mp4(100).getBytes());
    }

    @AfterEach
    void stop() {
        WeChat.await(wechat.stop());
        WeChat.await(vertx.close());
    }

    @Test
    void theCallsOfWxJavaSucceed() throws Exception {
        assumeTrue(hasWxJava(), "WxJava cannot be had from the Maven registry, or built: see target/clients");

        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        check(List.of(
                java,
                "-jar",
                Path.of("target/clients/wxjava/wxjava.jar").toAbsolutePath().toString()));
    }

    @Test
    void theCallsOfCoWechatApiSucceed() throws Exception {
        NodeLibraries libraries = new NodeLibraries(Path.of(""));
        assumeTrue(libraries.install(), "node, npm or the packages in src/test/backends are not installed");

        check(List.of("node", libraries.script("co-wechat-api.js").toString()));
    }

    private void check(List<String> client) throws Exception {
        List<String> command = new ArrayList<>(client);
        command.addAll(List.of(
                wechat.baseUri().toString(),
                TestAccounts.APP_ID,
                "secret",
                wechat.person("dev", "alice").openid(),
                folder.toString()));
        Path calls = folder.resolve("calls");
        Path log = folder.resolve("log");

        int exit =
                run(new ProcessBuilder(command).redirectOutput(calls.toFile()).redirectError(log.toFile()));

        List<String> lines = Files.readAllLines(calls);
        assertThat(lines).as(Files.readString(log)).allMatch(line -> line.endsWith("\tok"));
        assertThat(exit).isZero();
        assertThat(lines).hasSizeGreaterThan(FEWEST_CALLS);
        for (Path manual : MANUALS) {
            assertThat(lines.stream().map(line -> line.split("\t", -1)[1].split(" ", 2)[0]))
                    .as(manual.toString())
                    .allSatisfy(call -> assertThat(Files.readString(manual)).contains("`" + call + "`"));
        }
    }

    private static boolean hasWxJava() throws IOException, InterruptedException {
        Path jar = Path.of("target/clients/wxjava/wxjava.jar").toAbsolutePath();
        if (!Files.exists(jar) || isOlder(jar)) {
            Path log = Files.createDirectories(Path.of("target/clients")).resolve("wxjava.log");
            List<String> build =
                    List.of("./mvnw", "-q", "-f", WXJAVA.resolve("pom.xml").toString(), "package");
            int exit = run(new ProcessBuilder(build).redirectErrorStream(true).redirectOutput(log.toFile()));
            assertThat(Files.readString(log)).doesNotContain("COMPILATION ERROR");
            return exit == 0;
        }
        return true;
    }

    private static boolean isOlder(Path jar) throws IOException {
        try (Stream<Path> sources = Files.walk(WXJAVA)) {
            long built = Files.getLastModifiedTime(jar).toMillis();
            return sources.anyMatch(source -> source.toFile().lastModified() > built);
        }
    }

    private static int run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }
}
