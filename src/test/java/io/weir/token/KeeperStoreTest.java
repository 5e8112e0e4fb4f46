package io.weir.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.weir.client.SharedCredentials.CredentialState.Source;
import io.weir.client.WeChatException;
import io.weir.config.Secret;
import io.weir.wechat.api.ErrorCode;
import io.weir.wechat.api.ErrorCode.ErrorPolicy;
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
        assertThat(late.cause())
                .isInstanceOfSatisfying(
                        WeChatException.class,
                        failure -> assertThat(failure.explanation().chinese())
                                .contains("classic")
                                .contains("Redis"));
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
    void fulfilsAWishNotWithWhatAnotherInstanceHasFetchedBefore() {
        hold("t1");
        Keeper other = keeper("b", true);

        Future<Secret> renewed = other.renew(true);
        issuer.answer("t2", LIFE);

        assertThat(valueOf(renewed)).isEqualTo("t2");
        assertThat(issuer.calls()).containsExactly(false, true);
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

    @Test
    void tellsAtOnceWhatAnotherInstanceWasTold() {
        keeper.current();
        issuer.fail(refusal(40125, ErrorPolicy.STOP));
        Keeper other = keeper("b", true);

        Future<Secret> caller = other.current();

        assertThat(caller.cause()).isInstanceOfSatisfying(WeChatException.class, failure -> {
            assertThat(failure.kind()).isEqualTo(WeChatException.Kind.STOPPED);
            assertThat(failure.code()).contains(ErrorCode.of(40125));
        });
        assertThat(other.state().stopped()).isTrue();
        assertThat(other.state().paused()).isPresent();
        assertThat(issuer.heard()).isNotEmpty();
        assertThat(issuer.calls()).hasSize(1);
    }

    @Test
    void takesTheTokenThatAnotherInstanceHasAfterItsFailureWasMended() {
        keeper.current();
        issuer.fail(refusal(89506, ErrorPolicy.STOP));
        Keeper other = keeper("b", true);
        assertThat(other.current().failed()).isTrue();

        keeper.renew(false);
        issuer.answer("t1", LIFE);
        pass(other, Duration.ofSeconds(20));

        assertThat(valueOf(other.current())).isEqualTo("t1");
        assertThat(other.state().lastError()).isEmpty();
        assertThat(other.state().paused()).isEmpty();
    }

    @Test
    void forgetsItsOwnFailureWhenAnotherInstanceHasFetched() {
        keeper.current();
        issuer.fail(refusal(89506, ErrorPolicy.STOP));
        Keeper other = keeper("b", true);
        other.renew(false);
        issuer.answer("t1", LIFE);

        pass(Duration.ofSeconds(20));

        assertThat(valueOf(keeper.current())).isEqualTo("t1");
        assertThat(keeper.state().paused()).isEmpty();
    }

    @Test
    void waitsOnWhenAnotherInstanceTriesAgainSoon() {
        keeper.current();
        issuer.fail(WeChatException.of(WeChatException.Kind.NO_ANSWER, "slow"));
        Keeper other = keeper("b", true);

        Future<Secret> caller = other.current();
        assertThat(caller.isComplete()).isFalse();
        pass(other, Duration.ofSeconds(4));
        issuer.answer("t1", LIFE);

        assertThat(valueOf(caller)).isEqualTo("t1");
    }
}
