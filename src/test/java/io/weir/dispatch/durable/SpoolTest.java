package io.weir.dispatch.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.weir.dispatch.durable.CopyQueue.Copy;
import io.weir.dispatch.durable.DurableJournal.Entry;
import io.weir.dispatch.durable.DurableJournal.Page;
import io.weir.dispatch.durable.DurableJournal.Range;
import io.weir.dispatch.durable.DurableWork.Abandoned;
import io.weir.dispatch.durable.DurableWork.Ticket;
import io.weir.dispatch.durable.DurableWork.Use;
import io.weir.dispatch.durable.Spool.SpoolException;
import io.weir.dispatch.durable.SpoolDrain.Drained;
import io.weir.redis.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of files, and what can happen to it. */
class SpoolTest extends DurableWorkContract {
    @TempDir
    Path folder;

    private static final Set<Use> JOURNAL = Set.of(Use.JOURNAL);

    private TestSpools spools = new TestSpools(Path.of(""));

    @BeforeEach
    void prepare() {
        spools = new TestSpools(folder);
    }

    @AfterEach
    void close() {
        spools.close();
    }

    private Spool spool() {
        return spools.open();
    }

    @Override
    DurableWork instance() {
        return spools.open();
    }

    @Override
    void kill(DurableWork instance) {
        spools.kill(instance);
    }

    /** Its folder is nobody else's while it lives. */
    @Override
    DurableWork heir(DurableWork living) {
        return living;
    }

    @Override
    void pass(Duration duration) {
        spools.clock().pass(duration);
    }

    // --- what is on the disk

    @Test
    void writesOneLineForEachEntryFailureAndEnd() throws IOException {
        Spool spool = spool();
        StoredPush push = push();
        Ticket ticket = keep(spool, push);
        Await.result(spool.failed(ticket, push, "an \"error\"\nof two lines"));
        StoredPush other = push();
        Await.result(spool.done(keep(spool, other)));

        assertThat(Files.readAllLines(spools.segment()))
                .hasSize(4)
                .allMatch(line -> line.startsWith("{\"v\":1,"))
                .satisfies(lines -> {
                    assertThat(lines.get(0)).contains("\"kept\":\"" + ticket.text() + "\"", push.pushId());
                    assertThat(lines.get(1)).contains("\"failed\":\"" + ticket.text() + "\"", "\"failures\":1");
                    assertThat(lines.get(3)).contains("\"done\":");
                });
    }

    @Test
    void letsNobodyElseReadIt() {
        keep(spool(), push());

        assertThat(spools.files(""))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                        .isEqualTo(Files.isDirectory(each) ? "rwx------" : "rw-------"));
    }

    @Test
    void writesThroughNoSymbolicLink() throws IOException {
        Files.createSymbolicLink(spools.root(), Files.createDirectory(folder.resolve("elsewhere")));
        Spool spool = spool();

        assertThatThrownBy(() -> keep(spool, push()))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("symbolic link");
        assertThat(folder.resolve("elsewhere")).isEmptyDirectory();
    }

    @Test
    void syncsOnceForAllThatIsAskedInTheMeantime() {
        Spool spool = spools.open(TestSpools.limits(64 << 20, 10_000), WORK);
        List<Future<Ticket>> all = IntStream.range(0, 5_000)
                .mapToObj(i -> spool.keep(push(), WORK))
                .toList();

        all.forEach(Await::result);

        assertThat(spool.state().entries()).isEqualTo(5_000);
        assertThat(spool.syncs()).isLessThan(500);
    }

    @Test
    void deletesItsFilesWhenNothingIsOpen() {
        Spool spool = spool();
        Ticket ticket = keep(spool, push());
        Await.result(spool.tick());
        Await.until("the state is told", () -> spool.state().entries() == 1);
        assertThat(spools.files(".jsonl")).hasSize(1);

        Await.result(spool.done(ticket));
        Await.result(spool.tick());

        Await.until("the files are deleted", () -> spools.files(".jsonl").isEmpty());
        assertThat(spool.state().bytes()).isZero();
        assertThat(takeOver(spool)).isEmpty();
        keep(spool, push());
        assertThat(spool.state().entries()).isOne();
    }

    @Test
    void leavesNothingBehindWhenNothingIsOpenAtTheEnd() {
        Spool spool = spool();
        Await.result(spool.done(keep(spool, push())));

        Await.result(spool.close());

        assertThat(spools.root()).isEmptyDirectory();
    }

    @Test
    void isNotHeldUpByOneOldEntry() {
        Spool spool = spool();
        StoredPush old = push();
        keep(spool, old);
        String large = "x".repeat(10_000);

        for (int i = 0; i < 10; i++) {
            List<Future<Ticket>> some = IntStream.range(0, 50)
                    .mapToObj(each -> spool.keep(push(large), WORK))
                    .toList();
            Await.result(Future.join(
                    some.stream().map(each -> each.compose(spool::done)).toList()));
        }

        assertThat(spool.state().bytes()).isLessThan(1 << 18);
        assertThat(spool.state().entries()).isOne();
        kill(spool);
        assertThat(takeOver(spool())).extracting(Abandoned::push).containsExactly(old);
    }

    // --- dead letters

    private void die(Spool spool, StoredPush push) {
        Ticket ticket = keep(spool, push);
        IntStream.rangeClosed(1, 5).forEach(i -> Await.result(spool.failed(ticket, push, "failure " + i)));
    }

    @Test
    void keepsDeadLettersWithTheirErrorOverARestart() {
        Spool spool = spool();
        StoredPush push = push();
        die(spool, push);

        assertThat(spool.state().dead()).isOne();
        assertThat(spool.deaths().count(ACCOUNT)).isOne();
        kill(spool);
        Spool next = spool();

        assertThat(next.state().dead()).isOne();
        assertThat(TestSpools.drain(next)).singleElement().satisfies(each -> {
            assertThat(each.push()).isEqualTo(push);
            assertThat(each.dead()).isTrue();
            assertThat(each.failures()).isEqualTo(5);
            assertThat(each.error()).contains("failure 5");
        });
        assertThat(next.state().dead()).isZero();
    }

    @Test
    void dropsTheOldestDeadLettersWithACount() {
        Spool spool = spool();
        List<StoredPush> pushes =
                IntStream.range(0, 5).mapToObj(i -> push("x".repeat(40_000))).toList();
        pushes.forEach(each -> die(spool, each));

        Await.until("the end is written", () -> spool.state().entries() == 3);
        assertThat(spool.state().dead()).isEqualTo(3);
        assertThat(spool.state().counts().dropped()).isEqualTo(2);
        kill(spool);
        assertThat(TestSpools.drain(spool())).extracting(Drained::push).containsExactlyElementsOf(pushes.subList(2, 5));
    }

    // --- the journal, and who takes things away

    @Test
    void handsOverWhatNobodyHandlesAndLeavesTheRest() {
        Spool spool = spool();
        StoredPush handled = push();
        Ticket underWay = keep(spool, handled);
        StoredPush released = push();
        spool.release(keep(spool, released));
        StoredPush failed = push();
        Await.result(spool.failed(keep(spool, failed), failed, "once"));
        StoredPush copied = push();
        Await.result(spool.keep(copied, Set.of(Use.JOURNAL)));

        List<Drained> drained = TestSpools.drain(spool);

        assertThat(drained).extracting(Drained::push).containsExactly(released, failed, copied);
        assertThat(drained).extracting(Drained::failures).containsExactly(0, 1, 0);
        assertThat(drained.get(2).uses()).containsExactly(Use.JOURNAL);
        assertThat(spool.state().entries()).isOne();
        spool.release(underWay);
        assertThat(TestSpools.drain(spool)).extracting(Drained::push).containsExactly(handled);
    }

    @Test
    void keepsWhatIsNotTaken() {
        Spool spool = spool();
        List<StoredPush> pushes = IntStream.range(0, 3).mapToObj(i -> push()).toList();
        pushes.forEach(each -> spool.release(keep(spool, each)));

        Future<Integer> drained = spool.drain()
                .drain(
                        2,
                        each -> each.push().equals(pushes.get(0))
                                ? Future.succeededFuture()
                                : Future.failedFuture("Redis has gone again"));

        assertThatThrownBy(() -> Await.result(drained)).hasMessageContaining("gone again");
        assertThat(takeOver(spool)).extracting(Abandoned::push).containsExactlyElementsOf(pushes.subList(1, 3));
    }

    @Test
    void keepsForTheJournalWhatHasBeenHandled() {
        Spool spool = spool();
        StoredPush push = push();
        Ticket ticket = Await.result(spool.keep(push, EnumSet.allOf(Use.class)));

        Await.result(spool.done(ticket));
        kill(spool);
        Spool next = spool();

        assertThat(takeOver(next)).isEmpty();
        assertThat(TestSpools.drain(next)).singleElement().satisfies(each -> {
            assertThat(each.push()).isEqualTo(push);
            assertThat(each.uses()).containsExactly(Use.JOURNAL);
        });
    }

    // --- copies

    private Spool copying() {
        return spools.open(TestSpools.SMALL, WORK, Map.of("CLICK", List.of("shop", "crm")));
    }

    private static List<Copy> copies(Spool spool, String backend) {
        return Await.result(spool.copies().next(ACCOUNT, backend, 1_000));
    }

    @Test
    void hasACopyForEachBackendBesideTheWork() {
        Spool spool = copying();
        StoredPush push = push();
        Ticket ticket = Await.result(spool.keep(push, EnumSet.allOf(Use.class)));
        Await.result(spool.done(ticket));
        Copy sent = copies(spool, "shop").get(0);
        Await.result(spool.copies().sent(ACCOUNT, "shop", List.of(sent.id())));
        kill(spool);

        Spool next = copying();

        assertThat(takeOver(next)).isEmpty();
        assertThat(copies(next, "shop")).isEmpty();
        assertThat(copies(next, "crm")).singleElement().satisfies(each -> {
            assertThat(each.push()).isEqualTo(push);
            assertThat(each.redelivered())
                    .as("nobody knows whether it was sent")
                    .isTrue();
        });
    }

    @Test
    void givesACopyOnceUntilItsReaderBeginsAnew() {
        Spool spool = copying();
        Await.result(spool.keep(push(), JOURNAL));
        List<Copy> first = copies(spool, "shop");
        Await.result(spool.copies().failed(ACCOUNT, "shop", first.get(0).id(), 3));

        assertThat(first).extracting(Copy::redelivered).containsExactly(false);
        assertThat(copies(spool, "shop")).isEmpty();
        Await.result(spool.copies().release(ACCOUNT, "shop"));
        assertThat(copies(spool, "shop")).extracting(Copy::attempts).containsExactly(3);
    }

    @Test
    void copiesOfABackendThatIsAwayGiveWaySoThatWorkHasSpace() {
        Spool spool = copying();
        List<StoredPush> pushes =
                IntStream.range(0, 500).mapToObj(i -> push("x".repeat(4_000))).toList();

        pushes.forEach(each -> Await.result(spool.keep(each, JOURNAL)));
        List<Ticket> work = IntStream.range(0, 40)
                .mapToObj(i -> keep(spool, push("x".repeat(4_000))))
                .toList();

        assertThat(work).hasSize(40);
        assertThat(spool.state().trouble()).isEmpty();
        assertThat(spool.state().counts().dropped()).isPositive();
        assertThat(spool.state().bytes()).isLessThan(TestSpools.SMALL.bytes());
        List<StoredPush> left = copies(spool, "shop").stream().map(Copy::push).toList();
        assertThat(left).isNotEmpty().isEqualTo(pushes.subList(500 - left.size(), 500));
    }

    @Test
    void dropsCopiesAndDeadLettersThatAreTooOld() {
        Spool spool = copying();
        Await.result(spool.keep(push(), JOURNAL));
        die(spool, push());

        spools.clock().pass(JournalConfig.DEFAULT.keep().plusSeconds(1));
        Await.result(spool.tick());
        assertThat(copies(spool, "shop")).isEmpty();
        assertThat(spool.state().dead()).isOne();
        spools.clock().pass(JournalConfig.DEFAULT.keepDead());
        Await.result(spool.tick());

        Await.until("it is gone", () -> spool.state().entries() == 0);
        assertThat(spool.state().counts().dropped()).isEqualTo(3);
    }

    // --- dead letters

    @Test
    void listsDeadLettersTheNewestFirstAndHasThemHandledAgain() {
        Spool spool = copying();
        List<StoredPush> pushes = IntStream.range(0, 3).mapToObj(i -> push()).toList();
        pushes.forEach(each -> {
            spools.clock().pass(Duration.ofSeconds(1));
            die(spool, each);
        });
        Await.result(spool.keep(push(), JOURNAL));
        Copy copy = copies(spool, "crm").get(0);
        Await.result(spool.copies().bury(ACCOUNT, "crm", copy, 1, "410"));
        DurableJournal journal = spool.journal(Set.of(ACCOUNT));
        Range ofHandlers = new Range(
                ACCOUNT, true, Instant.EPOCH, spools.clock().instant(), Optional.of("CLICK"), Optional.of(""));

        Page page = Await.result(journal.list(ofHandlers, Optional.empty(), 2));
        Page rest = Await.result(journal.list(ofHandlers, page.next(), 2));
        List<String> ids = Await.result(journal.ids(ofHandlers, 10));
        Entry oldest = Await.result(journal.find(ACCOUNT, true, ids.get(0))).orElseThrow();

        assertThat(page.entries()).extracting(Entry::push).containsExactly(pushes.get(2), pushes.get(1));
        assertThat(rest.entries()).containsExactly(oldest);
        assertThat(rest.next()).isEmpty();
        assertThat(oldest.error()).isEqualTo("failure 5");
        assertThat(Await.result(journal.handleAgain(oldest, true))).isTrue();
        assertThat(Await.result(journal.handleAgain(oldest, true))).isFalse();
        kill(spool);
        Spool next = copying();
        assertThat(takeOver(next)).singleElement().satisfies(each -> {
            assertThat(each.push()).isEqualTo(pushes.get(0));
            assertThat(each.replay()).isTrue();
            assertThat(each.failures()).isZero();
        });
        assertThat(next.state().dead()).isEqualTo(3);
        Await.result(next.journal(Set.of(ACCOUNT)).forgetDead(ACCOUNT, copy.id()));
        assertThat(next.state().dead()).isEqualTo(2);
    }

    @Test
    void keepsNothingForAJournalThatNobodyTakes() {
        Spool spool = spools.open(TestSpools.SMALL, WORK);

        Await.result(spool.keep(push(), Set.of(Use.JOURNAL)));
        Await.result(spool.done(Await.result(spool.keep(push(), EnumSet.allOf(Use.class)))));

        assertThat(spool.state().entries()).isZero();
    }

    // --- several processes

    @Test
    void takesOverTheFoldersOfProcessesThatHaveGoneOnly() {
        Spool living = spool();
        StoredPush its = push();
        keep(living, its);
        Spool gone = spool();
        StoredPush left = push();
        keep(gone, left);
        assertThat(spools.files("lock")).hasSize(2);

        kill(gone);
        Spool other = spool();

        assertThat(takeOver(other)).extracting(Abandoned::push).containsExactly(left);
        pass(Duration.ofMinutes(1));
        assertThat(takeOver(other)).isEmpty();
        assertThat(takeOver(living)).isEmpty();
        kill(living);
        pass(Duration.ofMinutes(1));
        assertThat(takeOver(other)).extracting(Abandoned::push).containsExactly(its);
    }

    @Test
    void deletesAFolderThatItTookOverWhenNothingInItIsOpen() {
        Spool gone = spool();
        keep(gone, push());
        Spool living = spool();
        kill(gone);
        pass(Duration.ofMinutes(1));

        Abandoned taken = takeOver(living).get(0);
        assertThat(spools.files("lock")).hasSize(2);
        Await.result(living.done(taken.ticket()));

        Await.until("the folder is deleted", () -> spools.files("lock").size() == 1);
    }

    // --- what is told

    @Test
    void tellsHowMuchItHolds() {
        Spool spool = spool();
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        spool.measure(metrics);
        Instant first = spools.clock().instant();
        keep(spool, push());
        pass(Duration.ofSeconds(3));
        keep(spool, push());

        assertThat(spool.state().entries()).isEqualTo(2);
        assertThat(spool.state().oldest()).contains(first);
        assertThat(metrics.scrape())
                .contains(
                        "weir_spool_entries 2.0",
                        "weir_spool_bytes " + (double) spool.state().bytes(),
                        "weir_spool_errors_total 0.0");
    }

    @Test
    void refusesWhatComesAfterItsEnd() {
        Spool spool = spool();
        Ticket ticket = keep(spool, push());
        Await.result(spool.close());

        assertThatThrownBy(() -> keep(spool, push()))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("closed");
        Await.result(spool.done(ticket));
    }
}
