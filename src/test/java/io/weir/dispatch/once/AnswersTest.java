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

class AnswersTest {
    private static final Duration KEPT = Duration.ofSeconds(60);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final Answers answers = new Answers(KEPT, nanos::get);

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
        assertThat(answers.find(id)).isEqualTo(new Answers.Kept(17, "answer"));

        pass(Duration.ofNanos(1));
        assertThat(answers.find(id)).isNull();
    }

    @Test
    void putsAnAnswerInThePlaceOfTheOneBefore() {
        PushId id = id();
        answers.put(id, 17, "answer");
        answers.put(id, 17, "success");
        assertThat(answers.find(id)).isEqualTo(new Answers.Kept(17, "success"));

        answers.put(id, 17, "another");
        assertThat(answers.find(id)).isEqualTo(new Answers.Kept(17, "another"));
    }

    @Test
    void holdsNoMoreThanItMay() {
        for (int i = 0; i < 600_000; i++) {
            answers.put(id(), i, "success");
        }

        assertThat(answers.size()).isLessThanOrEqualTo(1 << 18).isGreaterThan(1 << 17);
        assertThat(answers.forgotten()).isGreaterThan(300_000);
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
                    .extracting(Answers.Kept::text)
                    .isEqualTo(answer);
        });
    }

    @Test
    void givesNoAnswerRatherThanAWrongOneWhenItHasNoRoom() {
        List<PushId> ids = new ArrayList<>();
        String text = "x".repeat(2_000);
        for (int i = 0; i < 200_000; i++) {
            PushId id = id();
            answers.put(id, i, i + text);
            ids.add(id);
        }

        for (int i = 0; i < ids.size(); i++) {
            Answers.Kept found = answers.find(ids.get(i));
            if (found != null) {
                assertThat(found).isEqualTo(new Answers.Kept(i, i + text));
            }
        }
        assertThat(answers.forgotten()).isPositive();
        assertThat(answers.find(ids.get(ids.size() - 1))).isNotNull();
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
