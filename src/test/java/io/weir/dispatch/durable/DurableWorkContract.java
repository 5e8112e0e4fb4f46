package io.weir.dispatch.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.dispatch.durable.DurableWork.Abandoned;
import io.weir.dispatch.durable.DurableWork.Ticket;
import io.weir.dispatch.durable.DurableWork.Use;
import io.weir.redis.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every place has to do in which pushes are kept that must not be forgotten. */
abstract class DurableWorkContract {
    static final String ACCOUNT = "main";
    static final Set<Use> WORK = Set.of(Use.WORK);
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** An instance that has started. */
    abstract DurableWork instance();

    /** An instance dies, without any last word. */
    abstract void kill(DurableWork instance);

    /** Who may take over what an instance that lives has released. */
    abstract DurableWork heir(DurableWork living);

    /** Lets time pass, during which living instances renew what they own. */
    abstract void pass(Duration time);

    static StoredPush push() {
        return push("<xml><Content><![CDATA[你好 \"\\ \t\n\r 😀]]></Content></xml>");
    }

    static StoredPush push(String xml) {
        long number = NUMBERS.incrementAndGet();
        return new StoredPush(
                ACCOUNT,
                "push-" + number,
                "CLICK",
                "o-" + number,
                xml,
                Instant.ofEpochMilli(1_700_000_000_123L + number),
                2,
                Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    }

    static Ticket keep(DurableWork work, StoredPush push) {
        return Await.result(work.keep(push, WORK));
    }

    static List<Abandoned> takeOver(DurableWork work) {
        return Await.result(work.takeOver(ACCOUNT, 10));
    }

    private Abandoned takeOverOne(DurableWork work) {
        List<Abandoned> taken = takeOver(work);
        assertThat(taken).hasSize(1);
        return taken.get(0);
    }

    @Test
    void namesAnEntryWithoutBlanks() {
        Ticket one = keep(instance(), push());

        assertThat(one.account()).isEqualTo(ACCOUNT);
        assertThat(one.text()).isNotEmpty().doesNotContainAnyWhitespaces().doesNotContain("~");
    }

    @Test
    void givesWhatAnInstanceLeavesThatDies() {
        StoredPush push = push();
        StoredPush bare = new StoredPush(ACCOUNT, "p", "text", "", "", Instant.EPOCH, 1, Optional.empty());
        DurableWork gone = instance();
        Ticket ticket = keep(gone, push);
        keep(gone, bare);

        kill(gone);
        DurableWork next = instance();
        pass(DurableWork.LEASE.plusSeconds(2));

        List<Abandoned> taken = takeOver(next);
        assertThat(taken).extracting(Abandoned::push).containsExactly(push, bare);
        assertThat(taken.get(0).ticket()).isEqualTo(ticket);
        assertThat(taken.get(0).failures()).isZero();
        assertThat(taken.get(0).error()).isEmpty();
        assertThat(taken.get(0).kept()).isBetween(DurableWork.LEASE, Duration.ofMinutes(1));
    }

    @Test
    void givesNobodyWhatAnInstanceHasThatLives() {
        DurableWork living = instance();
        keep(living, push());

        pass(DurableWork.LEASE.multipliedBy(3));

        assertThat(takeOver(living)).isEmpty();
        assertThat(takeOver(heir(living))).isEmpty();
        assertThat(takeOver(instance())).isEmpty();
    }

    @Test
    void givesAnEntryToOneOnly() {
        DurableWork living = instance();
        living.release(keep(living, push()));
        DurableWork heir = heir(living);
        pass(DurableWork.LEASE.plusSeconds(2));

        assertThat(takeOver(heir)).hasSize(1);
        assertThat(takeOver(heir)).isEmpty();
        assertThat(takeOver(living)).isEmpty();
    }

    @Test
    void givesAReleasedEntryWithoutAFailure() {
        DurableWork living = instance();
        StoredPush push = push();
        Ticket ticket = keep(living, push);

        living.release(ticket);
        pass(DurableWork.LEASE.plusSeconds(2));

        Abandoned taken = takeOverOne(heir(living));
        assertThat(taken.push()).isEqualTo(push);
        assertThat(taken.ticket()).isEqualTo(ticket);
        assertThat(taken.failures()).isZero();
    }

    @Test
    void forgetsWhatIsDone() {
        DurableWork living = instance();
        Ticket ticket = keep(living, push());
        StoredPush other = push();
        keep(living, other);

        Await.result(living.done(ticket));
        Await.result(living.done(ticket));
        kill(living);
        DurableWork next = instance();
        pass(DurableWork.LEASE.plusSeconds(2));

        assertThat(takeOverOne(next).push()).isEqualTo(other);
    }

    @Test
    void forgetsWhatIsDoneByWhoeverTookItOver() {
        DurableWork gone = instance();
        keep(gone, push());
        kill(gone);
        DurableWork next = instance();
        pass(DurableWork.LEASE.plusSeconds(2));

        Await.result(next.done(takeOverOne(next).ticket()));
        kill(next);
        DurableWork last = instance();
        pass(DurableWork.LEASE.plusSeconds(2));

        assertThat(takeOver(last)).isEmpty();
    }

    @Test
    void keepsWhatSomebodyOwnsAgain() {
        DurableWork living = instance();
        Ticket ticket = keep(living, push());
        living.release(ticket);

        living.own(ticket);
        pass(DurableWork.LEASE.plusSeconds(2));

        assertThat(takeOver(living)).isEmpty();
        assertThat(takeOver(heir(living))).isEmpty();
    }

    @Test
    void triesAgainWhatFailedAfterGrowingPauses() {
        DurableWork living = instance();
        StoredPush push = push();
        Ticket ticket = keep(living, push);
        List<Duration> pauses =
                List.of(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(5));

        for (int failures = 1; failures <= pauses.size(); failures++) {
            String error = "java.lang.IllegalStateException, no " + failures;
            Await.result(living.failed(ticket, push, error));
            pass(pauses.get(failures - 1).minusSeconds(1));
            assertThat(takeOver(living)).isEmpty();
            pass(Duration.ofSeconds(12));

            Abandoned taken = takeOverOne(living);
            assertThat(taken.push()).isEqualTo(push);
            assertThat(taken.failures()).isEqualTo(failures);
            assertThat(taken.error()).contains(error);
            ticket = taken.ticket();
        }
    }

    @Test
    void givesUpAfterTheFifthFailure() {
        DurableWork living = instance();
        StoredPush push = push();
        Ticket ticket = keep(living, push);

        for (int failures = 1; failures <= 5; failures++) {
            Await.result(living.failed(ticket, push, "failure " + failures));
            pass(Duration.ofMinutes(6));
            ticket =
                    takeOver(living).stream().map(Abandoned::ticket).findFirst().orElse(ticket);
        }
        pass(Duration.ofHours(1));

        assertThat(takeOver(living)).isEmpty();
    }

    @Test
    void remembersFailuresWhenItsInstanceDies() {
        DurableWork gone = instance();
        StoredPush push = push();
        Ticket ticket = keep(gone, push);
        Await.result(gone.failed(ticket, push, "one"));
        pass(Duration.ofSeconds(20));
        Await.result(gone.failed(takeOverOne(gone).ticket(), push, "two"));

        kill(gone);
        DurableWork next = instance();
        pass(Duration.ofSeconds(20));
        assertThat(takeOver(next)).isEmpty();
        pass(Duration.ofSeconds(20));

        Abandoned taken = takeOverOne(next);
        assertThat(taken.failures()).isEqualTo(2);
        assertThat(taken.error()).contains("two");
    }

    @Test
    void givesAsManyAsAreAskedFor() {
        DurableWork gone = instance();
        List<StoredPush> pushes = IntStream.range(0, 7).mapToObj(i -> push()).toList();
        pushes.forEach(push -> keep(gone, push));
        kill(gone);
        DurableWork next = instance();
        pass(DurableWork.LEASE.plusSeconds(2));

        assertThat(Await.result(next.takeOver(ACCOUNT, 4)))
                .extracting(Abandoned::push)
                .containsExactlyElementsOf(pushes.subList(0, 4));
        assertThat(Await.result(next.takeOver(ACCOUNT, 4)))
                .extracting(Abandoned::push)
                .containsExactlyElementsOf(pushes.subList(4, 7));
    }

    @Test
    void knowsNothingToTakeOverOfAnotherAccount() {
        DurableWork gone = instance();
        keep(gone, push());
        kill(gone);
        DurableWork next = instance();
        pass(DurableWork.LEASE.plusSeconds(2));

        assertThat(Await.result(next.takeOver("other", 10))).isEmpty();
        assertThat(takeOver(next)).hasSize(1);
    }
}
