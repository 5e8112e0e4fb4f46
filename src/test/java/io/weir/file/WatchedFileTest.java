package io.weir.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class WatchedFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private static Optional<String> look(WatchedFile look) throws Exception {
        Future<Optional<byte[]>> found = look.look();
        return found.toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS)
                .map(String::new);
    }

    @Test
    void givesATextOnceWhenTwoLooksHaveFoundIt(Vertx vertx) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "one");
        WatchedFile look = new WatchedFile(vertx, file);

        assertThat(look(look)).isEmpty();
        assertThat(look(look)).contains("one");
        assertThat(look(look)).isEmpty();

        Files.writeString(file, "two");
        assertThat(look(look)).isEmpty();
        assertThat(look(look)).contains("two");
        assertThat(look(look)).isEmpty();
    }

    @Test
    void givesATextThatItHasGivenBeforeWhenAnotherCameBetween(Vertx vertx) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "one");
        WatchedFile look = new WatchedFile(vertx, file);
        look(look);
        look(look);

        Files.writeString(file, "two");
        look(look);
        look(look);
        Files.writeString(file, "one");
        look(look);

        assertThat(look(look)).contains("one");
    }

    @Test
    void givesATextAgainWhenTheFileCouldNotBeReadBetween(Vertx vertx) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "one");
        WatchedFile look = new WatchedFile(vertx, file);
        look(look);
        look(look);

        Files.delete(file);
        assertThat(look.look().toCompletionStage().toCompletableFuture()).failsWithin(5, TimeUnit.SECONDS);
        Files.writeString(file, "one");

        assertThat(look(look)).contains("one");
    }
}
