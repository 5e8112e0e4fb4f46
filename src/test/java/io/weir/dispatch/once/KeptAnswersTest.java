package io.weir.dispatch.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wechat.message.PushId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeptAnswersTest {
    private static final Duration KEPT = Duration.ofSeconds(60);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final KeptAnswers answers = new KeptAnswers(KEPT, nanos::get);

    private static PushId id() {
        return PushStoreContract.id();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void keepsAnAnswerForItsTime() {
        PushId id = id();
        answers.put(id, 17, "answer");
        answers.put(id(), 18, "success");

        pass(KEPT.minusNanos(1));
        assertThat(answers.find(id)).isEqualTo(new KeptAnswers.Kept(17, "answer"));

        pass(Duration.ofNanos(1));
        assertThat(answers.find(id)).isNull();
    }

    @Test
    void putsAnAnswerInThePlaceOfTheOneBefore() {
        PushId id = id();
        answers.put(id, 17, "answer");
        answers.put(id, 17, "success");
        assertThat(answers.find(id)).isEqualTo(new KeptAnswers.Kept(17, "success"));

        answers.put(id, 17, "another");
        assertThat(answers.find(id)).isEqualTo(new KeptAnswers.Kept(17, "another"));
    }

    /** A reply as it is before encryption. */
    private static String reply(String openId, long seconds, String content) {
        return "<xml><ToUserName><![CDATA[" + openId
                + "]]></ToUserName><FromUserName><![CDATA[gh_0123456789ab]]></FromUserName>"
                + "<CreateTime>" + seconds + "</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA["
                + content
                + "]]></Content></xml>";
    }

    private static String openId(int number) {
        return String.format("oWeirHeapTest_%014d", number);
    }

    @Test
    void keepsTheAnswersOfAMinuteAtFiveThousandASecondInAHeapOf256Mebibytes() {
        // What -Xmx256m leaves: one of the two survivor spaces does not count.
        long budget = KeptAnswers.budget(247L << 20);
        KeptAnswers minute = new KeptAnswers(KEPT, budget, nanos::get);
        List<PushId> ids = new ArrayList<>();
        for (int i = 0; i < 300_000; i++) {
            ids.add(id());
            minute.put(
                    ids.get(i),
                    i,
                    reply(openId(i), 1_700_000_000 + i / 5_000, "欢迎关注，回复 " + i % 100 + " 查看菜单。".repeat(20)));
            pass(Duration.ofNanos(199_999));
        }

        assertThat(minute.forgotten()).isZero();
        assertThat(minute.bytes()).isLessThanOrEqualTo(budget);
        for (int i = 0; i < ids.size(); i += 997) {
            assertThat(minute.find(ids.get(i)))
                    .isEqualTo(new KeptAnswers.Kept(
                            i,
                            reply(openId(i), 1_700_000_000 + i / 5_000, "欢迎关注，回复 " + i % 100 + " 查看菜单。".repeat(20))));
        }
        assertThat(minute.lastSeconds()).isEqualTo(60);
    }

    @Test
    void letsTheOldestGoWhenItIsFullAndSaysHowLongTheyLast() {
        KeptAnswers few = new KeptAnswers(KEPT, 1 << 20, nanos::get);
        List<PushId> ids = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            ids.add(id());
            few.put(ids.get(i), i, reply(openId(i), 1_700_000_000, "Picture " + i));
            pass(Duration.ofMillis(1));
        }

        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            if (few.find(ids.get(i)) != null) {
                kept.add(i);
            }
        }
        assertThat(few.bytes()).isLessThanOrEqualTo(1 << 20);
        assertThat(few.forgotten()).isEqualTo(30_000 - kept.size());
        assertThat(kept).hasSizeGreaterThan(5_000);
        // Each of the four parts by itself lets the oldest go.
        assertThat(kept.get(0)).isGreaterThan(30_000 - kept.size() * 5 / 4);
        assertThat(few.lastSeconds()).isBetween(kept.size() * 0.8e-3, kept.size() * 1.2e-3);

        pass(KEPT);
        assertThat(few.lastSeconds()).isEqualTo(60);
    }

    @Test
    void keepsATextThatIsLargerThanAChunk() {
        PushId id = id();
        String text = reply(openId(1), 1_700_000_000, "x".repeat(70_000));
        answers.put(id, 17, text);
        answers.put(id(), 18, "another");

        assertThat(answers.find(id)).isEqualTo(new KeptAnswers.Kept(17, text));
        pass(KEPT);
        answers.put(id(), 19, "later");
        assertThat(answers.find(id)).isNull();
    }

    @Test
    void keepsTextsExactlyThatLookLikeReplies() {
        List<String> texts = List.of(
                "<xml><ToUserName><![CDATA[",
                "<xml><ToUserName><![CDATA[o]]></ToUserName>",
                "<xml><ToUserName><![CDATA[o]]></ToUserName><CreateTime>",
                "<xml><ToUserName><![CDATA[]]></ToUserName><CreateTime></CreateTime>",
                "<xml><ToUserName><![CDATA[o]]></ToUserName><CreateTime>1</CreateTime><Content><![CDATA[]]></Content></xml>",
                "<xml><ToUserName><![CDATA[o]]></ToUserName><CreateTime>1</CreateTime><Content><![CDATA[</Content></xml>",
                "",
                "success");
        for (int round = 0; round < 3; round++) {
            for (String text : texts) {
                PushId id = id();
                answers.put(id, 17, text);
                assertThat(answers.find(id)).isEqualTo(new KeptAnswers.Kept(17, text));
            }
        }
    }

    @Test
    void keepsAnswersOfAHeapThatIsTurnedOverManyTimes() {
        KeptAnswers few = new KeptAnswers(KEPT, 1 << 20, nanos::get);
        Random random = new Random(5);
        Map<PushId, String> kept = new LinkedHashMap<>();
        for (int i = 0; i < 100_000; i++) {
            PushId id =
                    i % 10 == 0 && !kept.isEmpty() ? kept.keySet().iterator().next() : id();
            String text = reply(openId(i), i, "rule " + random.nextInt(i % 5 == 0 ? 1 << 30 : 300));
            few.put(id, i, text);
            kept.remove(id);
            kept.put(id, text);
            if (kept.size() > 100) {
                kept.remove(kept.keySet().iterator().next());
            }
            KeptAnswers.Kept found = few.find(id);
            assertThat(found).isNotNull().extracting(KeptAnswers.Kept::text).isEqualTo(text);
            assertThat(few.bytes()).isLessThanOrEqualTo(1 << 20);
            pass(Duration.ofMillis(random.nextInt(1_000) == 0 ? 70_000 : random.nextInt(10)));
        }
    }

    @Test
    void keepsAnswersOfAllLengthsApartWhileItGrowsAndTurns() {
        Map<PushId, String> kept = new LinkedHashMap<>();
        Random random = new Random(11);
        for (int i = 0; i < 40_000; i++) {
            PushId id = id();
            String answer = i % 7 == 0 ? "success" : "答" + i + "x".repeat(random.nextInt(i % 50 == 0 ? 3_000 : 300));
            answers.put(id, i, answer);
            kept.put(id, answer);
            pass(Duration.ofNanos(random.nextInt(100_000)));
            if (kept.size() > 4_000) {
                kept.remove(kept.keySet().iterator().next());
            }
        }

        kept.forEach((id, answer) -> {
            assertThat(answers.find(id))
                    .isNotNull()
                    .extracting(KeptAnswers.Kept::text)
                    .isEqualTo(answer);
        });
    }

    @Test
    void givesNoAnswerRatherThanAWrongOneWhenItHasNoRoom() {
        KeptAnswers few = new KeptAnswers(KEPT, 1 << 23, nanos::get);
        List<PushId> ids = new ArrayList<>();
        String text = "x".repeat(2_000);
        for (int i = 0; i < 20_000; i++) {
            PushId id = id();
            few.put(id, i, i + text);
            ids.add(id);
        }

        for (int i = 0; i < ids.size(); i++) {
            KeptAnswers.Kept found = few.find(ids.get(i));
            if (found != null) {
                assertThat(found).isEqualTo(new KeptAnswers.Kept(i, i + text));
            }
        }
        assertThat(few.forgotten()).isPositive();
        assertThat(few.find(ids.get(ids.size() - 1))).isNotNull();
    }

    @Test
    void makesRoomWhereAnswersAreOver() {
        for (int i = 0; i < 1_000; i++) {
            answers.put(id(), i, "answer");
        }
        pass(KEPT);

        for (int i = 0; i < 1_000; i++) {
            answers.put(id(), i, "answer");
        }

        assertThat(answers.size()).isLessThan(1_100);
        assertThat(answers.forgotten()).isZero();
    }
}
