package io.weir.dispatch.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.dispatch.once.PushStore.Asking;
import io.weir.dispatch.once.PushStore.Claimed;
import io.weir.dispatch.once.PushStore.Claimed.Finished;
import io.weir.dispatch.once.PushStore.Claimed.Forged;
import io.weir.dispatch.once.PushStore.Claimed.Started;
import io.weir.redis.Await;
import io.weir.wechat.codec.Stamp;
import io.weir.wechat.message.PushId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryPushStoreTest extends PushStoreContract {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final MemoryPushStore store = new MemoryPushStore(LIMITS, nanos::get);

    @Override
    PushStore store() {
        return store;
    }

    @Override
    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void holdsNoMoreThanItMay() {
        for (int i = 0; i < 600_000; i++) {
            store.claim(id(), new Stamp(0, i), "a", Asking.ARRIVED);
        }

        assertThat(store.size()).isLessThanOrEqualTo(1 << 18).isGreaterThan(1 << 17);
    }

    @Test
    void keepsAnswersOfAllLengthsApartWhileItGrowsAndTurns() {
        Map<PushId, String> answers = new LinkedHashMap<>();
        Random random = new Random(11);
        for (int i = 0; i < 40_000; i++) {
            PushId id = id();
            String answer = "答" + i + "x".repeat(random.nextInt(i % 50 == 0 ? 3_000 : 300));
            claim(id, new Stamp(0, i), "a", Asking.ARRIVED);
            Await.result(store.settle(id, "a", answer, random.nextBoolean()));
            answers.put(id, answer);
            pass(Duration.ofNanos(random.nextInt(100_000)));
            if (answers.size() > 4_000) {
                answers.remove(answers.keySet().iterator().next());
            }
        }

        answers.forEach((id, answer) ->
                assertThat(claim(id, stamp(), "b", Asking.WAITING)).isEqualTo(new Finished(1, answer)));
    }

    @Test
    void growsForYoungAnswersWhenTheOldestRowWasAnsweredLast() {
        List<PushId> ids = new ArrayList<>();
        Map<PushId, String> answers = new LinkedHashMap<>();
        for (int i = 0; i < 16; i++) {
            PushId slow = id();
            claim(slow, new Stamp(0, i), "a", Asking.ARRIVED);
            ids.add(slow);
        }
        for (int i = 0; i < 20_000; i++) {
            PushId id = id();
            String answer = i + "x".repeat(300);
            claim(id, new Stamp(1, i), "a", Asking.ARRIVED);
            Await.result(store.settle(id, "a", answer, true));
            answers.put(id, answer);
            if (i == 500) {
                ids.forEach(slow -> Await.result(store.settle(slow, "a", "slow" + "y".repeat(300), true)));
            }
        }

        answers.forEach((id, answer) ->
                assertThat(claim(id, stamp(), "b", Asking.WAITING)).isEqualTo(new Finished(1, answer)));
    }

    @Test
    void givesNoAnswerRatherThanAWrongOneWhenItHasNoRoom() {
        List<PushId> ids = new ArrayList<>();
        String text = "x".repeat(2_000);
        for (int i = 0; i < 200_000; i++) {
            PushId id = id();
            claim(id, new Stamp(0, i), "a", Asking.ARRIVED);
            Await.result(store.settle(id, "a", i + text, true));
            ids.add(id);
        }

        for (int i = 0; i < ids.size(); i++) {
            Claimed claimed = claim(ids.get(i), new Stamp(0, i), "a", Asking.WAITING);
            if (claimed instanceof Finished finished) {
                assertThat(finished.answer()).isEqualTo(i + text);
            } else {
                assertThat(claimed).isEqualTo(new Started(1, false));
            }
        }
    }

    @Test
    void forgetsWhatIsOverWhileOthersCome() {
        for (int i = 0; i < 1_000; i++) {
            store.claim(id(), stamp(), "a", Asking.ARRIVED);
        }
        pass(LIMITS.unfinished());

        for (int i = 0; i < 1_000; i++) {
            store.claim(id(), stamp(), "a", Asking.ARRIVED);
        }

        assertThat(store.size()).isLessThan(1_100);
    }

    @Test
    void remembersStampsForTwiceTheWindow() {
        Stamp stamp = stamp();
        claim(id(), stamp, "a", Asking.ARRIVED);

        pass(LIMITS.window().multipliedBy(2).minusMillis(1));
        assertThat(claim(id(), stamp, "a", Asking.ARRIVED)).isEqualTo(new Forged());

        pass(LIMITS.window().multipliedBy(3));
        assertThat(claim(id(), stamp, "a", Asking.ARRIVED)).isInstanceOf(Started.class);
    }
}
