package io.weir.replies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.weir.config.Problems;
import io.weir.config.YamlEdit;
import io.weir.redis.Await;
import io.weir.redis.SharedRedis;
import io.weir.replies.RepliesEditor.Draft;
import io.weir.replies.RepliesEditor.Present;
import io.weir.wechat.message.PushType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Instances that share a Redis, each with a replies file of its own. */
class SharedRepliesIT {
    private static final String TEXT = "# ours\nCLICK:\n  A: { text: a }   # first\n";
    private static final String EDITED = TEXT.replace("{ text: a }", "{ text: \"b\" }");

    @RegisterExtension
    static final SharedRedis REDIS = new SharedRedis();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void whatIsSavedAtOneIsTakenOverByTheOthers() throws Exception {
        Instance here = instance("here", TEXT);
        Instance there = instance("there", TEXT);
        there.follows();

        here.saves("b");
        there.follows();

        assertThat(Files.readString(there.file.path())).isEqualTo(EDITED);
        assertThat(there.file.rules().answers(PushType.CLICK, "A")).isTrue();
        assertThat(await(there.editor.revisions())).extracting("author").containsExactly("shop", "");
        there.saves("c");
        here.follows();
        assertThat(Files.readString(here.file.path())).contains("\"c\"");
    }

    @Test
    void ofTwoWhoSaveAtOnceOneIsTold() throws Exception {
        Instance here = instance("here", TEXT);
        Instance there = instance("there", TEXT);
        here.follows();
        there.follows();
        String base = await(there.editor.present()).hash();

        here.saves("b");

        assertThatThrownBy(() -> await(there.editor.save(base, draft("c"), "eve")))
                .hasMessageContaining("changed");
        assertThat(Files.readString(there.file.path())).isEqualTo(EDITED);
    }

    @Test
    void anInstanceThatStartsLaterTakesOverWhatWasMadeOfItsText() throws Exception {
        instance("here", TEXT).saves("b");

        Instance later = instance("later", TEXT);
        later.follows();
        Instance deployed = instance("deployed", TEXT + "text: { x: { text: y } }\n");
        deployed.follows();

        assertThat(Files.readString(later.file.path())).isEqualTo(EDITED);
        assertThat(Files.readString(deployed.file.path())).endsWith("y } }\n");
        assertThat(deployed.file.conflict()).isEmpty();
    }

    @Test
    void whoseFileIsAnotherOneKeepsItAndSaysSoUntilTheyAreTheSame() throws Exception {
        Instance here = instance("here", TEXT);
        Instance there = instance("there", TEXT);
        here.follows();
        there.follows();
        Files.writeString(there.file.path(), TEXT + "# by hand\n");

        here.saves("b");
        there.follows();

        assertThat(Files.readString(there.file.path())).endsWith("# by hand\n");
        assertThat(there.file.conflict()).hasValueSatisfying(conflict -> {
            assertThat(conflict.author()).isEqualTo("shop");
            assertThat(conflict.cause()).contains("changed here");
        });
        String revision = await(there.editor.revisions()).get(0).id();
        Present present = await(there.editor.present());
        await(there.editor.save(present.hash(), new Draft(Optional.of(revision), List.of()), "eve"));
        assertThat(Files.readString(there.file.path())).isEqualTo(EDITED);
        assertThat(there.file.conflict()).isEmpty();
        here.follows();
        assertThat(here.file.conflict()).isEmpty();
    }

    @Test
    void aFileThatIsPutRightByHandIsNoConflictAnyMore() throws Exception {
        Instance here = instance("here", TEXT);
        Instance there = instance("there", TEXT);
        there.follows();
        Files.writeString(there.file.path(), "text: {}\n");
        here.saves("b");
        there.follows();
        assertThat(there.file.conflict()).isPresent();

        Files.writeString(there.file.path(), EDITED);
        there.follows();

        assertThat(there.file.conflict()).isEmpty();
    }

    @Test
    void withoutRedisNothingIsSaved() throws Exception {
        Instance here = instance("here", TEXT);
        String base = await(here.editor.present()).hash();
        await(REDIS.link().send("SET", REDIS.link().key("replies:main"), "no hash"));

        assertThatThrownBy(() -> await(here.editor.save(base, draft("b"), "shop")))
                .hasMessageContaining("nothing is changed");
        assertThat(Files.readString(here.file.path())).isEqualTo(TEXT);
    }

    private record Instance(RepliesFile file, RepliesEditor editor) {
        void follows() {
            await(editor.follow());
        }

        void saves(String text) {
            await(editor.save(await(editor.present()).hash(), draft(text), "shop"));
        }
    }

    private Instance instance(String name, String text) throws IOException {
        Path path = Files.createDirectories(folder.resolve(name)).resolve("replies.yaml");
        Files.writeString(path, text);
        RepliesFile file = RepliesFile.read(
                path,
                text.getBytes(StandardCharsets.UTF_8),
                new Problems(),
                Clock.systemUTC().instant());
        SharedReplies shared = new SharedReplies(REDIS.link(), "main");
        Path revisions = folder.resolve(name).resolve("replies-backups");
        return new Instance(
                file, new RepliesEditor(REDIS.vertx(), file, revisions, Optional.of(shared), Clock.systemUTC()));
    }

    private static Draft draft(String text) {
        YamlEdit.Change change = new YamlEdit.Change(
                "CLICK",
                "A",
                Optional.of(YamlEdit.read("reply", "{ text: " + text + " }")),
                Optional.empty(),
                Optional.empty());
        return new Draft(Optional.empty(), List.of(change));
    }

    private static <T> T await(Future<T> future) {
        return Await.result(future);
    }
}
