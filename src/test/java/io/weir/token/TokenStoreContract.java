package io.weir.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.config.Secret;
import io.weir.redis.Await;
import io.weir.retry.Backoff;
import io.weir.token.TokenStore.CredentialName;
import io.weir.token.TokenStore.FetchClaim;
import io.weir.token.TokenStore.Lease;
import io.weir.token.TokenStore.RefusalPause;
import io.weir.token.TokenStore.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store does. */
abstract class TokenStoreContract {
    private static final CredentialName NAME = new CredentialName("wx1", CredentialKind.ACCESS_TOKEN);
    private static final Duration LIFE = Duration.ofHours(2);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Secret ONE = Secret.of("one");
    private static final Secret TWO = Secret.of("two");

    private static final RefusalPause PAUSE = new RefusalPause(
            Duration.ofMinutes(1), Backoff.doubling(Duration.ofMillis(400), Duration.ofSeconds(60)), 1);

    abstract TokenStore store();

    /** Lets as much time pass for the store. */
    abstract void pass(Duration time);

    @Test
    void hasNothingAtFirst() {
        assertThat(read()).isEqualTo(Stored.NOTHING);
    }

    @Test
    void keepsAValueUntilItsEnd() {
        long fence = lease("a").fence();
        write(ONE, Duration.ofMillis(500), fence);

        Stored stored = read();
        assertThat(stored.value()).contains(ONE);
        assertThat(stored.life()).isBetween(Duration.ofMillis(1), Duration.ofMillis(500));
        assertThat(stored.wholeLife()).isEqualTo(LIFE);
        assertThat(stored.version()).isEqualTo(fence);
        pass(Duration.ofMillis(510));
        assertThat(read().value()).isEmpty();
        assertThat(read().version()).isEqualTo(fence);
    }

    @Test
    void keepsCredentialsApart() {
        write(ONE, LIFE, lease("a").fence());

        assertThat(read(new CredentialName("wx1", CredentialKind.JSAPI_TICKET))).isEqualTo(Stored.NOTHING);
        assertThat(read(new CredentialName("wx2", CredentialKind.ACCESS_TOKEN))).isEqualTo(Stored.NOTHING);
    }

    @Test
    void leasesToOneAtATime() {
        Lease first = lease("a");
        Lease second = lease("b");

        assertThat(first.granted()).isTrue();
        assertThat(first.fence()).isPositive();
        assertThat(second.granted()).isFalse();
        assertThat(second.others()).isBetween(Duration.ofSeconds(20), LEASE);
    }

    @Test
    void leasesAgainWhenGivenBackOrRunOut() {
        Lease first = lease("a");
        release("a", first, Cooldown.NONE);
        Lease second = lease("b", Duration.ofMillis(100), 0, false);
        pass(Duration.ofMillis(110));
        Lease third = lease("c");

        assertThat(second.granted()).isTrue();
        assertThat(third.granted()).isTrue();
        assertThat(List.of(first.fence(), second.fence(), third.fence()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void leasesToItsOwnerAgain() {
        Lease first = lease("a");
        Lease again = lease("a");

        assertThat(again.granted()).isTrue();
        assertThat(again.fence()).isGreaterThan(first.fence());
    }

    @Test
    void showsWhatIsThereWithTheLease() {
        long fence = lease("a").fence();
        write(ONE, LIFE, fence);

        assertThat(lease("b").stored().value()).contains(ONE);
        assertThat(lease("a").stored().version()).isEqualTo(fence);
    }

    @Test
    void isNotGivenBackByWhoHasItNoMore() {
        Lease lost = lease("a", Duration.ofMillis(50), 0, false);
        pass(Duration.ofMillis(60));
        lease("b");
        release("a", lost, Cooldown.NONE);

        assertThat(lease("c").granted()).isFalse();
    }

    @Test
    void restsAfterAFailureUntilTheOperatorInsists() {
        release("a", lease("a"), new Cooldown(Duration.ofSeconds(60), "REFUSED 40125 the secret is wrong, 密钥"));

        assertThat(lease("a").granted()).isFalse();
        assertThat(lease("b").reason()).isEqualTo("REFUSED 40125 the secret is wrong, 密钥");
        assertThat(lease("b").others()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
        assertThat(lease("b", LEASE, 0, true).granted()).isTrue();
        assertThat(lease("c", LEASE, 0, true).granted()).isFalse();
    }

    @Test
    void refusesAStaleWriter() {
        Lease frozen = lease("a", Duration.ofMillis(50), 0, false);
        pass(Duration.ofMillis(60));
        Lease newer = lease("b");

        assertThat(write(TWO, LIFE, newer.fence())).isTrue();
        assertThat(write(ONE, LIFE, frozen.fence())).isFalse();
        assertThat(write(ONE, LIFE, newer.fence())).isFalse();
        assertThat(read().value()).contains(TWO);
        assertThat(read().version()).isEqualTo(newer.fence());
    }

    @Test
    void givesFencesNewerThanAnInstanceKnows() {
        long known = Long.MAX_VALUE >> 12;

        assertThat(lease("a", LEASE, known, false).fence()).isGreaterThan(known);
    }

    @Test
    void letsNobodyFetchForAGrowingWhileAfterSeveralRefusalsAtOnce() {
        refuse("one");
        Lease first = lease("a");
        assertThat(first.granted()).isTrue();
        release("a", first, Cooldown.NONE);

        refuse("two");
        Lease second = lease("b");
        assertThat(second.granted()).isFalse();
        assertThat(second.others()).isBetween(Duration.ofMillis(100), Duration.ofMillis(400));
        assertThat(Cooldown.failure(second.reason(), CredentialKind.ACCESS_TOKEN))
                .hasMessageStartingWith("WeChat refuses each credential soon after it came: probably another system");
        Lease insisting = lease("c", LEASE, 0, true);
        assertThat(insisting.granted()).isTrue();
        release("c", insisting, Cooldown.NONE);

        refuse("three");
        assertThat(lease("b").others()).isBetween(Duration.ofMillis(500), Duration.ofMillis(800));
    }

    @Test
    void countsARefusalOnceHoweverManyTellIt() {
        refuse("one");
        for (int i = 0; i < 8; i++) {
            Await.result(store().invalidate(NAME, ONE, 1, PAUSE));
            Await.result(store().invalidate(NAME, TWO, 1, PAUSE));
        }

        assertThat(lease("b").granted()).isTrue();
    }

    @Test
    void holdsUpNobodyWhoFetchesAlready() {
        refuse("one");
        write(TWO, LIFE, lease("a").fence());
        Await.result(store().invalidate(NAME, TWO, 1, PAUSE));

        assertThat(lease("a").granted()).isTrue();
        assertThat(lease("b").reason()).isEmpty();
    }

    /** A value comes and is refused; nobody has the lease then. */
    private void refuse(String value) {
        Lease lease = lease("a", LEASE, 0, true);
        write(Secret.of(value), LIFE, lease.fence());
        release("a", lease, Cooldown.NONE);
        Await.result(store().invalidate(NAME, Secret.of(value), lease.fence(), PAUSE));
    }

    @Test
    void invalidatesOnlyTheCurrentValue() {
        long fence = lease("a").fence();
        write(TWO, LIFE, fence);

        Stored kept = Await.result(store().invalidate(NAME, ONE, 1, PAUSE));
        assertThat(kept.value()).contains(TWO);
        assertThat(kept.invalidated()).isZero();

        Stored gone = Await.result(store().invalidate(NAME, TWO, fence, PAUSE));
        assertThat(gone.value()).isEmpty();
        assertThat(gone.invalidated()).isEqualTo(fence);
    }

    @Test
    void remembersARefusalOfWhatItHasLost() {
        assertThat(Await.result(store().invalidate(NAME, ONE, 7, PAUSE)).invalidated())
                .isEqualTo(7);
    }

    @Test
    void takesANewValueAfterAnInvalidation() {
        long fence = lease("a").fence();
        write(ONE, LIFE, fence);
        Await.result(store().invalidate(NAME, ONE, fence, PAUSE));
        long next = lease("a").fence();

        assertThat(write(TWO, LIFE, next)).isTrue();
        assertThat(read().value()).contains(TWO);
        assertThat(read().version()).isGreaterThan(read().invalidated());
    }

    @Test
    void givesOneLeaseToManyAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> instances = new ArrayList<>();
            for (int each = 0; each < 8; each++) {
                String owner = "instance" + each;
                instances.add(() -> lease(owner).granted());
            }

            long granted = threads.invokeAll(instances).stream()
                    .filter(TokenStoreContract::result)
                    .count();

            assertThat(granted).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean result(Future<Boolean> ended) {
        try {
            return ended.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    final Stored read() {
        return read(NAME);
    }

    final Lease lease(String owner) {
        return lease(owner, LEASE, 0, false);
    }

    final boolean write(Secret value, Duration life, long fence) {
        return Await.result(store().write(NAME, value, life, LIFE, fence));
    }

    private Stored read(CredentialName name) {
        return Await.result(store().read(name));
    }

    private Lease lease(String owner, Duration length, long known, boolean insists) {
        return Await.result(store().lease(NAME, new FetchClaim(owner, length, known, insists)));
    }

    private void release(String owner, Lease lease, Cooldown cooldown) {
        Await.result(store().release(NAME, owner, lease.fence(), cooldown));
    }
}
