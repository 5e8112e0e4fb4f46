package io.weir.replies;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.config.Problems;
import io.weir.wechat.message.PushType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class RepliesVerticleTest {
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final String ONE = "CLICK: { one: { text: one } }\n";
    private static final String TWO = "CLICK: { two: { text: two } }\n";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void takesInAFileThatIsWrittenAgain(Vertx vertx) throws Exception {
        RepliesFile file = watched(vertx, ONE);

        Files.writeString(file.path(), TWO);

        await(() -> answers(file, "two"));
    }

    @Test
    void takesInAFileThatIsReplacedByRenaming(Vertx vertx) throws Exception {
        RepliesFile file = watched(vertx, ONE);

        Path fresh = Files.writeString(folder.resolve("fresh"), TWO);
        Files.setLastModifiedTime(fresh, Files.getLastModifiedTime(file.path()));
        Files.move(fresh, file.path(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);

        await(() -> answers(file, "two"));
    }

    @Test
    void keepsTheFormerAnswersOfABrokenFile(Vertx vertx) throws Exception {
        RepliesFile file = watched(vertx, ONE);

        Files.writeString(file.path(), "CLICK: [");
        await(() -> file.state().problem().isPresent());
        assertThat(answers(file, "one")).isTrue();

        Files.writeString(file.path(), TWO);
        await(() -> answers(file, "two"));
        assertThat(file.state().problem()).isEmpty();
    }

    @Test
    void keepsTheFormerAnswersWhileTheFileIsGone(Vertx vertx) throws Exception {
        RepliesFile file = watched(vertx, ONE);
        RepliesFile other = RepliesFile.read(folder.resolve("other.yaml"), utf8(""), new Problems(), now());
        Files.writeString(other.path(), "");
        deploy(vertx, other);

        Files.delete(file.path());
        Files.writeString(other.path(), TWO);
        await(() -> answers(other, "two"));
        assertThat(answers(file, "one")).isTrue();

        Files.writeString(file.path(), TWO);
        await(() -> answers(file, "two"));
    }

    @Test
    void takesAFileThatAppearsInPlaceOfTheBuiltInAnswers(Vertx vertx) throws Exception {
        RepliesFile file = RepliesFile.builtIn(folder.resolve("conf/replies.yaml"), utf8(ONE), new Problems(), now());
        deploy(vertx, file);

        Files.createDirectory(folder.resolve("conf"));
        Files.writeString(file.path(), TWO);

        await(() -> answers(file, "two"));
        assertThat(file.state().builtIn()).isFalse();
    }

    private RepliesFile watched(Vertx vertx, String text) throws Exception {
        Path path = Files.writeString(folder.resolve("replies.yaml"), text);
        RepliesFile file = RepliesFile.read(path, utf8(text), new Problems(), now());
        deploy(vertx, file);
        return file;
    }

    private static void deploy(Vertx vertx, RepliesFile file) throws Exception {
        vertx.deployVerticle(new RepliesVerticle(new Replies(Map.of("main", file)), OFTEN, Clock.systemUTC()))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for long enough").isLessThan(end);
            boolean unused = new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
        }
    }

    private static boolean answers(RepliesFile file, String key) {
        return file.rules().answers(PushType.CLICK, key);
    }

    private static Instant now() {
        return Clock.systemUTC().instant();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
