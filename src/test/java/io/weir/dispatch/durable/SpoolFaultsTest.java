package io.weir.dispatch.durable;

import static io.weir.dispatch.durable.DurableWorkContract.WORK;
import static io.weir.dispatch.durable.DurableWorkContract.keep;
import static io.weir.dispatch.durable.DurableWorkContract.push;
import static io.weir.dispatch.durable.DurableWorkContract.takeOver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.weir.dispatch.durable.DurableWork.Abandoned;
import io.weir.dispatch.durable.DurableWork.Ticket;
import io.weir.dispatch.durable.DurableWork.Use;
import io.weir.dispatch.durable.Spool.SpoolException;
import io.weir.dispatch.durable.SpoolDrain.Drained;
import io.weir.dispatch.durable.SpoolState.Fault;
import io.weir.redis.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash, a disk or somebody else does to the files of a spool. */
class SpoolFaultsTest {
    @TempDir
    Path folder;

    private TestSpools spools = new TestSpools(Path.of(""));

    @BeforeEach
    void prepare() {
        spools = new TestSpools(folder);
    }

    @AfterEach
    void close() {
        spools.close();
    }

    /** Whatever files a crash leaves: the ones from before, those from after, or both. */
    @Test
    void losesNothingWhenItDiesWhileItCopies() throws IOException {
        Spool spool = spools.open();
        StoredPush old = push();
        Ticket ticket = keep(spool, old);
        Await.result(spool.failed(ticket, old, "once"));
        StoredPush half = push();
        Await.result(spool.done(Await.result(spool.keep(half, EnumSet.allOf(Use.class)))));
        byte[] before = Files.readAllBytes(spools.segment());
        Path first = spools.segment();
        for (int i = 0; i < 20; i++) {
            Await.result(spool.done(keep(spool, push("x".repeat(50_000)))));
        }
        assertThat(first).doesNotExist();

        spools.kill(spool);
        Files.write(first, before);
        Spool next = spools.open();
        spools.clock().pass(Duration.ofMinutes(1));

        assertThat(next.state().entries()).isEqualTo(2);
        assertThat(takeOver(next)).singleElement().satisfies(taken -> {
            assertThat(taken.push()).isEqualTo(old);
            assertThat(taken.failures()).isOne();
        });
        List<Drained> rest = TestSpools.drain(next);
        assertThat(rest).singleElement().satisfies(each -> {
            assertThat(each.push()).isEqualTo(half);
            assertThat(each.uses()).containsExactly(Use.JOURNAL);
        });
    }

    @Test
    void dropsTheLastLineWhenACrashHasCutIt() throws IOException {
        Spool spool = spools.open();
        StoredPush whole = push();
        keep(spool, whole);
        long length = Files.size(spools.segment());
        keep(spool, push());
        spools.kill(spool);
        byte[] all = Files.readAllBytes(spools.segment());

        for (int cut : List.of((int) length + 1, (int) length + 40, all.length - 1)) {
            Files.write(spools.segment(), Arrays.copyOf(all, cut));
            Spool next = spools.open();
            assertThat(takeOver(next)).extracting(Abandoned::push).containsExactly(whole);
            assertThat(next.state().counts().torn()).isOne();
            spools.kill(next);
        }
    }

    @Test
    void skipsALineThatCannotBeReadAndKeepsItsFile() throws IOException {
        Spool spool = spools.open();
        StoredPush first = push();
        keep(spool, first);
        keep(spool, push());
        StoredPush last = push();
        keep(spool, last);
        spools.kill(spool);
        List<String> lines = new ArrayList<>(Files.readAllLines(spools.segment()));
        lines.set(
                1,
                lines.get(1).substring(0, 50)
                        + "\u0000".repeat(30)
                        + lines.get(1).substring(80));
        Files.write(spools.segment(), lines);
        byte[] damaged = Files.readAllBytes(spools.segment());

        Spool next = spools.open();

        assertThat(takeOver(next)).extracting(Abandoned::push).containsExactly(first, last);
        assertThat(next.state().counts().damaged()).isOne();
        assertThat(spools.files(".damaged"))
                .singleElement()
                .satisfies(kept -> assertThat(kept).hasBinaryContent(damaged));
    }

    @Test
    void leavesEntriesOfAnotherVersionToThat() throws IOException {
        Spool spool = spools.open();
        keep(spool, push());
        spools.kill(spool);
        String line = Files.readString(spools.segment());
        Files.writeString(spools.segment(), line + line.replace("\"v\":1", "\"v\":2"));
        Path file = spools.segment();
        byte[] before = Files.readAllBytes(file);

        Spool next = spools.open();
        keep(next, push());
        spools.clock().pass(Duration.ofMinutes(1));

        assertThat(takeOver(next)).isEmpty();
        assertThat(next.state().counts().otherVersion()).isOne();
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void startsAgainWithWhatIsLeft() {
        Spool spool = spools.open();
        List<StoredPush> pushes = IntStream.range(0, 20).mapToObj(i -> push()).toList();
        List<Ticket> tickets = pushes.stream().map(each -> keep(spool, each)).toList();
        IntStream.range(0, 20).filter(i -> i % 2 == 0).forEach(i -> Await.result(spool.done(tickets.get(i))));

        Await.result(spool.close());
        Spool next = spools.open();

        assertThat(next.state().entries()).isEqualTo(10);
        assertThat(takeOver(next))
                .extracting(Abandoned::push)
                .containsExactlyElementsOf(IntStream.range(0, 20)
                        .filter(i -> i % 2 == 1)
                        .mapToObj(pushes::get)
                        .toList());
        assertThat(spools.files("lock")).hasSize(1);
    }

    // --- bounds and faults

    @Test
    void saysWhatToDoWhenItIsFullAndTakesMoreWhenThereIsRoom() {
        Spool spool = spools.open();
        String large = "x".repeat(50_000);
        List<Ticket> kept = new ArrayList<>();
        Optional<SpoolException> refused = Optional.empty();
        while (refused.isEmpty() && kept.size() < 100) {
            Future<Ticket> next = spool.keep(push(large), WORK).onSuccess(kept::add);
            try {
                Await.result(next);
            } catch (SpoolException e) {
                refused = Optional.of(e);
            }
        }

        assertThat(kept.size()).isBetween(18, 20);
        assertThat(refused).hasValueSatisfying(e -> {
            assertThat(e.fault()).isEqualTo(Fault.FULL);
            assertThat(e).hasMessageContaining("is full").hasMessageContaining("Redis");
        });
        assertThat(spool.state().trouble())
                .hasValueSatisfying(each -> assertThat(each.fault()).isEqualTo(Fault.FULL));
        kept.subList(3, 6).forEach(each -> Await.result(spool.done(each)));
        keep(spool, push(large));
        assertThat(spool.state().trouble()).isEmpty();
        assertThat(spool.state().bytes()).isLessThan(TestSpools.SMALL.bytes());
    }

    @Test
    void isFullWhenItHasAsManyEntriesAsItMay() {
        Spool spool = spools.open(TestSpools.limits(1 << 20, 3), WORK);
        IntStream.range(0, 3).forEach(i -> keep(spool, push()));

        assertThatThrownBy(() -> keep(spool, push()))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("full");
    }

    @Test
    void saysWhyWhereItsFolderCannotBeAndTriesAgain() throws IOException {
        Path file = Files.createFile(spools.root());
        Spool spool = spools.open();

        assertThatThrownBy(() -> keep(spool, push()))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("cannot be written")
                .hasMessageContaining(file + " is no folder");
        assertThat(spool.state().trouble())
                .hasValueSatisfying(each -> assertThat(each.fault()).isEqualTo(Fault.DISK));

        Files.delete(file);
        Await.result(spool.tick());

        StoredPush push = push();
        keep(spool, push);
        assertThat(spool.state().trouble()).isEmpty();
        assertThat(spool.state().counts().errors()).isPositive();
    }

    @Test
    void writesWhatIsDoneWhenTheDiskWorksAgain() throws IOException {
        Spool spool = spools.open();
        Ticket done = keep(spool, push());
        StoredPush stays = push();
        keep(spool, stays);
        Path away = folder.resolve("away");
        Files.move(spools.root(), away);
        Files.createFile(spools.root());

        Future<Void> ended = spool.done(done);
        assertThatThrownBy(() -> keep(spool, push())).isInstanceOf(SpoolException.class);
        Await.result(spool.tick());
        assertThatThrownBy(() -> keep(spool, push())).isInstanceOf(SpoolException.class);
        assertThat(ended.isComplete()).isFalse();

        Files.delete(spools.root());
        Files.move(away, spools.root());
        Await.result(spool.tick());
        Await.result(ended);
        spools.kill(spool);
        assertThat(takeOver(spools.open())).extracting(Abandoned::push).containsExactly(stays);
    }

    @Test
    void goesOnInANewFolderWhenSomebodyDeletesTheOld() throws IOException {
        Spool spool = spools.open();
        Ticket ticket = keep(spool, push());
        for (Path file : spools.files("")) {
            if (!Files.isDirectory(file)) {
                Files.delete(file);
            }
        }
        Files.delete(spools.root().resolve(spools.files("").get(1).getFileName()));
        Files.delete(spools.root());

        assertThatThrownBy(() -> keep(spool, push())).isInstanceOf(SpoolException.class);
        Await.result(spool.tick());

        StoredPush push = push();
        keep(spool, push);
        Await.result(spool.done(ticket));
        assertThat(spool.state().counts().lost()).isOne();
        spools.kill(spool);
        assertThat(takeOver(spools.open())).extracting(Abandoned::push).containsExactly(push);
    }

    @Test
    void deletesWhatACrashHasLeftOfADeletion() throws IOException {
        Path left = Files.createDirectories(spools.root().resolve(".1700000000000-abc"));
        Files.createFile(left.resolve("0000000001.jsonl"));
        Files.setLastModifiedTime(left, FileTime.from(Instant.EPOCH));

        spools.open();

        assertThat(left).doesNotExist();
    }
}
