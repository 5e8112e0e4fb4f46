package io.weir.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.weir.client.CredentialState.Source;
import io.weir.config.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeeperStoreTest extends KeeperBench {
    @Test
    void fetchesAloneInStableModeWhileTheStoreIsAway() {
        store.away(true);
        Future<Secret> caller = keeper.current();
        issuer.answer("t1", LIFE);

        assertThat(valueOf(caller)).isEqualTo("t1");
        assertThat(keeper.state().source()).contains(Source.OWN);
        assertThat(keeper.state().storeAway()).isTrue();
    }

    @Test
    void hasPatienceWithTheStoreWhileTheOldOneLives() {
        hold("t1");
        store.away(true);
        pass(LIFE.minusSeconds(150));
        assertThat(issuer.calls()).hasSize(1);

        pass(Duration.ofSeconds(30));

        assertThat(issuer.calls()).hasSize(2);
    }

    @Test
    void putsItsOwnIntoTheStoreWhenThatIsBack() {
        store.away(true);
        keeper.current();
        issuer.answer("t1", LIFE);
        store.away(false);
        pass(Duration.ofSeconds(2));
        Keeper other = keeper("b", true);

        assertThat(valueOf(other.current())).isEqualTo("t1");
        assertThat(other.state().source()).contains(Source.FROM_STORE);
        assertThat(keeper.state().source()).contains(Source.FETCHED_HERE);
        assertThat(issuer.calls()).hasSize(1);
    }

    @Test
    void keepsTheOldOneInClassicModeWhileTheStoreIsAway() {
        Keeper classic = keeper("b", false);
        classic.current();
        issuer.answer("t1", LIFE);
        store.away(true);
        pass(classic, LIFE.minusSeconds(1));

        assertThat(valueOf(classic.current())).isEqualTo("t1");
        pass(classic, Duration.ofSeconds(2));
        Future<Secret> late = classic.current();
        pass(classic, Duration.ofSeconds(2));

        assertThat(late.cause()).hasMessageContaining("classic mode");
        assertThat(issuer.calls()).hasSize(1);
        store.away(false);
        pass(classic, Duration.ofSeconds(2));
        assertThat(issuer.calls()).hasSize(2);
    }

    @Test
    void letsCallersWaitInClassicModeForAStoreThatIsAwayForAMoment() {
        Keeper classic = keeper("b", false);
        store.away(true);
        Future<Secret> caller = classic.current();
        pass(classic, Duration.ofSeconds(1));
        assertThat(caller.isComplete()).isFalse();

        store.away(false);
        pass(classic, Duration.ofSeconds(2));
        issuer.answer("t1", LIFE);

        assertThat(valueOf(caller)).isEqualTo("t1");
        assertThat(issuer.calls()).hasSize(1);
    }

    @Test
    void takesWhatAnotherInstanceHasFetched() {
        hold("t1");
        Keeper other = keeper("b", true);
        assertThat(valueOf(other.current())).isEqualTo("t1");

        keeper.renew(true);
        issuer.answer("t2", LIFE);
        pass(other, Duration.ofSeconds(11));

        assertThat(valueOf(other.current())).isEqualTo("t2");
        assertThat(issuer.calls()).hasSize(2);
    }

    @Test
    void waitsWhileAnotherInstanceFetches() {
        keeper.current();
        Keeper other = keeper("b", true);
        Future<Secret> answer = other.current();
        pass(other, Duration.ofSeconds(1));
        assertThat(issuer.calls()).hasSize(1);

        issuer.answer("t1", LIFE);
        pass(other, Duration.ofSeconds(2));

        assertThat(valueOf(answer)).isEqualTo("t1");
        assertThat(issuer.calls()).hasSize(1);
    }

    @Test
    void doesNotOverwriteANewerOneAfterAFreeze() {
        keeper.current();
        pass(Duration.ofMinutes(1));
        Keeper other = keeper("b", true);
        other.current();
        assertThat(issuer.calls()).hasSize(2);
        issuer.answerLast("newer", LIFE);

        issuer.answer("stale", LIFE);

        assertThat(valueOf(keeper.current())).isEqualTo("newer");
        assertThat(valueOf(other.current())).isEqualTo("newer");
    }
}
