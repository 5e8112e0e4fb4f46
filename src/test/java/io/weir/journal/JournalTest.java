package io.weir.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.weir.client.ManualClock;
import io.weir.dispatch.HandlerTimes;
import io.weir.dispatch.Outcome.Kind;
import io.weir.wechat.codec.Credentials;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.message.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final Credentials ACCOUNT = new Credentials(
            "club", "wx0000000000000001", List.of("pushTokenRed2"), List.of(), Mode.PLAINTEXT, Optional.empty());

    private final ManualClock clock = new ManualClock("2026-11-20T07:00:00Z");
    private final Journal journal = new Journal(clock);
    private final TestPushPort pushPort = new TestPushPort(ACCOUNT, journal, new HandlerTimes(clock), clock);

    @Test
    void keepsTheLastThousandOfTwentyThousand() {
        for (int i = 0; i < 20_000; i++) {
            pushPort.answered(pushPort.plain(TestPushPort.click("K" + i)), Reply.text("answer"));
        }

        assertThat(journal.size()).isEqualTo(1_000);
        assertThat(journal.newestFirst())
                .hasSize(1_000)
                .extracting(entry ->
                        entry.received().orElseThrow().push().answerKey().orElseThrow())
                .startsWith("K19999", "K19998")
                .endsWith("K19001", "K19000");
    }

    @Test
    void readsOnlyTheKindsThatAreAskedFor() {
        long before = pushPort.answered(pushPort.plain(TestPushPort.click("A")), Reply.text("answer"))
                .id();
        pushPort.came(pushPort.plain(TestPushPort.click("B")), any -> Future.failedFuture("no"), Kind.FAILED, 1);
        pushPort.answered(pushPort.plain(TestPushPort.click("C")), Reply.text("answer"));
        pushPort.came(
                pushPort.plain(TestPushPort.click("D")).with("signature=", "signature=0"),
                any -> Future.failedFuture("no"),
                Kind.FAILED,
                1);
        pushPort.came(pushPort.plain(TestPushPort.click("E")), any -> Future.failedFuture("no"), Kind.FAILED, 1);

        assertThat(keys(journal.after(before, 9, kind -> kind == Kind.FAILED))).containsExactly("B", "E");
        assertThat(keys(journal.after(before, 1, kind -> kind == Kind.FAILED))).containsExactly("B");
        assertThat(keys(journal.after(before, 9, kind -> kind == Kind.REPLY))).containsExactly("C");
        assertThat(journal.after(before, 9, kind -> kind == Kind.REFUSED)).hasSize(1);
    }

    @Test
    void keepsNoMoreBytesThanItMay() {
        Journal small = new Journal(clock, 1 << 20);
        TestPushPort narrow = new TestPushPort(ACCOUNT, small, new HandlerTimes(clock), clock);
        String large = "x".repeat(60_000);
        for (int i = 0; i < 300; i++) {
            narrow.answered(narrow.plain(TestPushPort.text(large + i)), Reply.text("answer"));
        }

        assertThat(small.size()).isBetween(15, 17);
        assertThat(keys(small.newestFirst())).startsWith(large + 299, large + 298);
        assertThat(small.gone()).isEqualTo(small.oldest() - 1);
    }

    @Test
    void cutsWhatDoesNotFitAtAll() {
        Journal small = new Journal(clock, 1 << 20);
        TestPushPort narrow = new TestPushPort(ACCOUNT, small, new HandlerTimes(clock), clock);
        narrow.answered(narrow.plain(TestPushPort.click("K")), Reply.NONE);

        JournalEntry huge = narrow.answered(narrow.plain(TestPushPort.text("x".repeat(5 * 1024 * 1024))), Reply.NONE);

        assertThat(small.newestFirst().get(0)).isEqualTo(huge);
        assertThat(huge.request().body().length).isBetween(400_000, 600_000);
        assertThat(huge.received()).isEmpty();
        narrow.answered(narrow.plain(TestPushPort.click("L")), Reply.NONE);
        assertThat(keys(small.newestFirst().subList(0, 1))).containsExactly("L");
    }

    @Test
    void keepsWhatIsWhereARingWrapsAround() {
        Journal small = new Journal(clock, 1 << 20);
        TestPushPort narrow = new TestPushPort(ACCOUNT, small, new HandlerTimes(clock), clock);
        Random sizes = new Random(7);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            String body = TestPushPort.text(i + "x".repeat(sizes.nextInt(20_000)));
            sent.add(body);
            narrow.answered(narrow.plain(body), Reply.text("reply to " + i));

            List<JournalEntry> kept = small.after(0, 2_000);
            assertThat(bodies(kept)).isEqualTo(sent.subList(sent.size() - kept.size(), sent.size()));
            assertThat(kept.get(kept.size() - 1).outcome().orElseThrow().text().orElseThrow())
                    .contains("reply to " + i + "]");
        }
        assertThat(small.newestFirst())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.received()).isPresent());
    }

    private static List<String> bodies(List<JournalEntry> entries) {
        return entries.stream()
                .map(entry -> new String(entry.request().body(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> keys(List<JournalEntry> entries) {
        return entries.stream()
                .map(entry -> entry.received().orElseThrow().push().answerKey().orElseThrow())
                .toList();
    }

    @Test
    void takesAPartOfTheHeap() {
        assertThat(Journal.ringBytes(128L << 20, 2)).isEqualTo(4 << 20);
        assertThat(Journal.ringBytes(16L << 20, 8)).isEqualTo(1 << 20);
        assertThat(Journal.ringBytes(64L << 30, 2)).isEqualTo(16 << 20);
    }

    @Test
    void keepsWhatIsGenuineWhenRefusedOnesPourIn() {
        List<JournalEntry> genuine = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            genuine.add(pushPort.answered(pushPort.plain(TestPushPort.click("K" + i)), Reply.NONE));
        }

        for (int i = 0; i < 5_000; i++) {
            pushPort.answered(
                    pushPort.plain(TestPushPort.text("x".repeat(60_000))).with("signature=", "signature=0"),
                    Reply.NONE);
        }

        assertThat(journal.newestFirst()).containsAll(genuine).hasSizeLessThanOrEqualTo(500 + Journal.MAX_REFUSED);
        assertThat(journal.newestFirst())
                .filteredOn(entry -> entry.kind() == Kind.REFUSED)
                .hasSizeBetween(100, Journal.MAX_REFUSED);
        assertThat(journal.gone()).isLessThan(journal.newest()).isGreaterThan(journal.oldest());
    }

    @Test
    void keepsTheBeginningOfABodyThatNobodySigned() {
        JournalEntry refused = pushPort.answered(
                pushPort.plain(TestPushPort.text("x".repeat(60_000))).with("signature=", "signature=0"), Reply.NONE);
        JournalEntry broken = pushPort.answered(
                new TestPushPort.Request(pushPort.signed(), "<xml>" + "x".repeat(60_000)), Reply.NONE);

        assertThat(refused.request().body()).hasSize(4_096);
        assertThat(broken.request().body()).hasSize(60_005);
    }

    @Test
    void findsWhatIsThere() {
        List<JournalEntry> entries = new ArrayList<>();
        for (int i = 0; i < 1_005; i++) {
            entries.add(pushPort.answered(pushPort.plain(TestPushPort.click("K" + i)), Reply.NONE));
        }
        JournalEntry last = entries.get(1_004);

        assertThat(journal.find(last.id())).contains(last);
        assertThat(journal.find(entries.get(5).id())).contains(entries.get(5));
        assertThat(journal.find(entries.get(4).id())).isEmpty();
        assertThat(journal.find(last.id() + 1)).isEmpty();
        assertThat(journal.oldest()).isEqualTo(entries.get(5).id());
        assertThat(journal.newest()).isEqualTo(last.id());
        assertThat(journal.after(entries.get(1_001).id(), 2)).containsExactly(entries.get(1_002), entries.get(1_003));
        assertThat(journal.after(0, 2)).containsExactly(entries.get(5), entries.get(6));
        assertThat(journal.after(last.id(), 2)).isEmpty();
        assertThat(journal.after(last.id() + 7, 2)).isEmpty();
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(journal.newestFirst()).isEmpty();
        assertThat(journal.after(0, 10)).isEmpty();
        assertThat(journal.size()).isZero();
        assertThat(journal.newest()).isLessThan(journal.oldest());
    }

    @Test
    void givesIdsThatGrowAlsoOverARestart() {
        JournalEntry before = pushPort.answered(pushPort.plain(TestPushPort.click("K")), Reply.NONE);
        JournalEntry next = pushPort.answered(pushPort.plain(TestPushPort.click("K")), Reply.NONE);
        clock.pass(Duration.ofMillis(1));

        Journal restarted = new Journal(clock);
        JournalEntry after = new TestPushPort(ACCOUNT, restarted, new HandlerTimes(clock), clock)
                .answered(pushPort.plain(TestPushPort.click("K")), Reply.NONE);

        assertThat(next.id()).isEqualTo(before.id() + 1);
        assertThat(after.id()).isGreaterThan(next.id()).isLessThan(1L << 53);
    }

    @Test
    void losesNothingWhenSeveralThreadsWrite() throws Exception {
        long first = journal.oldest();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            TestPushPort own = new TestPushPort(ACCOUNT, journal, new HandlerTimes(clock), clock);
            Thread thread = new Thread(() -> LongStream.range(0, 2_000).forEach(each -> own.verify()));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join(20_000);
        }

        assertThat(journal.newest()).isEqualTo(first + 7_999);
        List<JournalEntry> kept = journal.after(0, 8_000);
        assertThat(kept).hasSize(4 * Journal.MAX_ENTRIES).isSortedAccordingTo(Comparator.comparing(JournalEntry::id));
        assertThat(kept).doesNotHaveDuplicates();
    }

    @Test
    void showsAReaderThatFollowsEveryEntryOfAllThreads() throws Exception {
        AtomicInteger writing = new AtomicInteger(3);
        for (int i = 0; i < 3; i++) {
            TestPushPort own = new TestPushPort(ACCOUNT, journal, new HandlerTimes(clock), clock);
            new Thread(() -> {
                        LongStream.range(0, 900).forEach(each -> own.verify());
                        writing.decrementAndGet();
                    })
                    .start();
        }

        List<Long> seen = new ArrayList<>();
        long last = 0;
        boolean more = true;
        while (more) {
            more = writing.get() > 0;
            for (JournalEntry entry : journal.after(last, 10_000)) {
                seen.add(entry.id());
                last = entry.id();
            }
        }

        assertThat(seen).hasSize(2_700).isSorted().doesNotHaveDuplicates();
    }
}
