package io.weir.dispatch.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.client.ManualClock;
import io.weir.wechat.codec.Credentials;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final Credentials ACCOUNT = new Credentials(
            "club", "wx0000000000000001", List.of("pushTokenRed2"), List.of(), Mode.PLAINTEXT, Optional.empty());

    private final ManualClock clock = new ManualClock("2026-11-20T07:00:00Z");
    private final Journal journal = new Journal(clock);
    private final TestDoor door = new TestDoor(ACCOUNT, journal, new HandlerTimes(clock), clock);

    @Test
    void keepsTheLastThousandOfTwentyThousand() {
        for (int i = 0; i < 20_000; i++) {
            door.answered(door.plain(TestDoor.click("K" + i)), Reply.text("answer"));
        }

        assertThat(journal.size()).isEqualTo(1_000);
        assertThat(journal.bytes()).isBetween(1_000_000L, 4_000_000L);
        assertThat(journal.newestFirst())
                .hasSize(1_000)
                .extracting(entry ->
                        entry.received().orElseThrow().push().answerKey().orElseThrow())
                .startsWith("K19999", "K19998")
                .endsWith("K19001", "K19000");
        assertThat(door.witness.underWay()).isZero();
    }

    @Test
    void keepsNoMoreBytesThanItMay() {
        String large = "x".repeat(60_000);
        for (int i = 0; i < 300; i++) {
            door.answered(door.plain(TestDoor.text(large + i)), Reply.text("answer"));
            assertThat(journal.bytes()).isLessThanOrEqualTo(Journal.MAX_BYTES);
        }

        assertThat(journal.size()).isBetween(50, 80);
        assertThat(journal.newestFirst().get(0).received().orElseThrow().push().answerKey())
                .hasValue(large + 299);
    }

    @Test
    void alwaysKeepsTheNewest() {
        door.answered(door.plain(TestDoor.click("K")), Reply.NONE);

        Entry huge = door.answered(door.plain(TestDoor.text("x".repeat(5 * 1024 * 1024))), Reply.NONE);

        assertThat(journal.newestFirst()).containsExactly(huge);
        door.answered(door.plain(TestDoor.click("K")), Reply.NONE);
        assertThat(journal.size()).isEqualTo(1);
        assertThat(journal.bytes()).isLessThan(10_000);
    }

    @Test
    void keepsWhatIsGenuineWhenRefusedOnesPourIn() {
        List<Entry> genuine = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            genuine.add(door.answered(door.plain(TestDoor.click("K" + i)), Reply.NONE));
        }

        for (int i = 0; i < 5_000; i++) {
            door.answered(door.plain(TestDoor.text("x".repeat(60_000))).with("signature=", "signature=0"), Reply.NONE);
        }

        assertThat(journal.newestFirst()).containsAll(genuine).hasSize(1_000);
        assertThat(journal.bytes()).isLessThanOrEqualTo(Journal.MAX_BYTES);
        assertThat(journal.gone()).isLessThan(journal.newest()).isGreaterThan(journal.oldest());
        List<Entry> more = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            more.add(door.answered(door.plain(TestDoor.click("L" + i)), Reply.NONE));
        }
        assertThat(journal.newestFirst()).containsAll(more).hasSize(1_000);
        assertThat(journal.newestFirst())
                .filteredOn(entry -> entry.fate() == Fate.REFUSED)
                .hasSizeBetween(200, Journal.MAX_REFUSED);
    }

    @Test
    void keepsTheBeginningOfABodyThatNobodySigned() {
        Entry refused = door.answered(
                door.plain(TestDoor.text("x".repeat(60_000))).with("signature=", "signature=0"), Reply.NONE);
        Entry broken = door.answered(new TestDoor.Request(door.signed(), "<xml>" + "x".repeat(60_000)), Reply.NONE);

        assertThat(refused.incoming().body()).hasSize(4_096);
        assertThat(broken.incoming().body()).hasSize(60_005);
    }

    @Test
    void findsWhatIsThere() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 1_005; i++) {
            entries.add(door.answered(door.plain(TestDoor.click("K" + i)), Reply.NONE));
        }
        Entry last = entries.get(1_004);

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
        Entry before = door.answered(door.plain(TestDoor.click("K")), Reply.NONE);
        Entry next = door.answered(door.plain(TestDoor.click("K")), Reply.NONE);
        clock.pass(Duration.ofMillis(1));

        Journal restarted = new Journal(clock);
        Entry after = new TestDoor(ACCOUNT, restarted, new HandlerTimes(clock), clock)
                .answered(door.plain(TestDoor.click("K")), Reply.NONE);

        assertThat(next.id()).isEqualTo(before.id() + 1);
        assertThat(after.id()).isGreaterThan(next.id()).isLessThan(1L << 53);
    }

    @Test
    void losesNothingWhenSeveralThreadsWrite() throws Exception {
        long first = journal.oldest();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            TestDoor own = new TestDoor(ACCOUNT, journal, new HandlerTimes(clock), clock);
            Thread thread = new Thread(() -> LongStream.range(0, 2_000)
                    .forEach(each -> own.witness.verified(own.incoming(new TestDoor.Request("", "")))));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join(20_000);
        }

        assertThat(journal.newest()).isEqualTo(first + 7_999);
        assertThat(journal.after(0, 2_000))
                .extracting(Entry::id)
                .containsExactlyElementsOf(
                        LongStream.range(first + 7_000, first + 8_000).boxed().toList());
    }
}
