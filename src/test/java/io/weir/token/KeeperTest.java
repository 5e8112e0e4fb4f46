package io.weir.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.weir.client.LogCapture;
import io.weir.client.SharedCredentials.CredentialState;
import io.weir.client.SharedCredentials.CredentialState.Source;
import io.weir.client.WeChatException;
import io.weir.client.WeChatException.Kind;
import io.weir.config.Secret;
import io.weir.redis.Await;
import io.weir.wechat.api.ErrorCode.ErrorPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeeperTest extends KeeperBench {
    @Test
    void fetchesOnceForAllWhoWait() {
        Future<Secret> one = keeper.current();
        Future<Secret> two = keeper.current();
        assertThat(one.isComplete()).isFalse();

        issuer.answer("t1", LIFE);

        assertThat(valueOf(one)).isEqualTo("t1");
        assertThat(valueOf(two)).isEqualTo("t1");
        assertThat(valueOf(keeper.current())).isEqualTo("t1");
        assertThat(issuer.calls()).containsExactly(false);
    }

    @Test
    void servesTheOldOneWhileTheNextIsFetched() {
        hold("t1");
        pass(LIFE.minusMinutes(4));
        assertThat(issuer.isAsked()).isTrue();

        assertThat(valueOf(keeper.current())).isEqualTo("t1");
        issuer.answer("t2", LIFE);

        assertThat(valueOf(keeper.current())).isEqualTo("t2");
        assertThat(issuer.calls()).hasSize(2);
    }

    @Test
    void letsCallersWaitWhenTheOldOneHasEndedBeforeTheNextCame() {
        hold("t1");
        pass(LIFE.minusMinutes(4));
        pass(Duration.ofMinutes(5));

        Future<Secret> one = keeper.current();
        Future<Secret> two = keeper.current();
        assertThat(one.isComplete()).isFalse();
        issuer.answer("t2", LIFE);

        assertThat(valueOf(one)).isEqualTo("t2");
        assertThat(valueOf(two)).isEqualTo("t2");
        assertThat(issuer.calls()).hasSize(2);
    }

    @Test
    void sharesOneErrorAmongAllWhoWait() {
        Future<Secret> one = keeper.current();
        Future<Secret> two = keeper.current();

        WeChatException failure = WeChatException.of(Kind.GARBAGE, "not JSON");
        issuer.fail(failure);

        assertThat(one.cause()).isSameAs(failure);
        assertThat(two.cause()).isSameAs(failure);
        assertThat(issuer.calls()).hasSize(1);
    }

    @Test
    void givesACallerUpAfterItsWait() {
        Keeper impatient = keeper("b", true, Duration.ofMillis(50));
        Future<Secret> caller = impatient.current();

        Await.until("given up", caller::isComplete);

        assertThat(caller.cause()).isInstanceOfSatisfying(WeChatException.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.NO_ANSWER);
            assertThat(failure.explanation().english()).contains("no token", "call was not made");
            assertThat(failure.explanation().chinese()).contains("access_token", "未发出");
        });
    }

    @Test
    void keepsTheOldOneAndBacksOffWhileRenewalFails() {
        hold("t1");
        pass(LIFE.minusMinutes(4));
        int before = issuer.calls().size();
        for (int each = 0; each < 1200; each++) {
            if (issuer.isAsked()) {
                issuer.fail(WeChatException.of(Kind.NO_ANSWER, "slow"));
            }
            assertThat(valueOf(keeper.current())).isEqualTo("t1");
            step();
        }

        // 1, 2, 4 … 32 s and then 60 s, each with half of it as jitter: two minutes have space for so many.
        assertThat(issuer.calls().size() - before).isBetween(5, 9);
        CredentialState state = keeper.state();
        assertThat(state.lastError().orElseThrow().kind()).isEqualTo(Kind.NO_ANSWER);
        assertThat(state.paused()).isPresent();
        assertThat(state.stopped()).isFalse();
    }

    @Test
    void stopsForMinutesWhenOnlyTheOperatorCanMendIt() {
        Future<Secret> first = keeper.current();
        issuer.fail(refusal(40125, ErrorPolicy.STOP));
        assertThat(first.failed()).isTrue();

        pass(Duration.ofMinutes(4));
        Future<Secret> second = keeper.current();

        assertThat(second.cause()).hasMessageContaining("40125");
        assertThat(issuer.calls()).hasSize(1);
        assertThat(keeper.state().stopped()).isTrue();
        pass(Duration.ofMinutes(2));
        assertThat(issuer.calls()).hasSize(2);
    }

    @Test
    void explainsEachFailureInBothLanguagesInTheLog() {
        try (LogCapture log = LogCapture.of(Keeper.class.getName())) {
            keeper.current();
            issuer.fail(WeChatException.of(Kind.GARBAGE, "not JSON"));

            assertThat(log.lines())
                    .filteredOn(line -> line.contains("credential cannot be fetched"))
                    .singleElement()
                    .asString()
                    .contains("check wechat.baseUri", "请检查 wechat.baseUri");
        }
    }

    @Test
    void takesA40001OfTheFetchForAWrongSecret() {
        keeper.current();

        issuer.fail(refusal(40001, ErrorPolicy.RENEW_TOKEN));

        assertThat(keeper.state().stopped()).isTrue();
    }

    @Test
    void fetchesAtOnceWhenTheOperatorWantsIt() {
        keeper.current();
        issuer.fail(refusal(40164, ErrorPolicy.STOP));

        Future<Secret> renewed = keeper.renew(false);
        issuer.answer("t1", LIFE);

        assertThat(valueOf(renewed)).isEqualTo("t1");
        assertThat(issuer.insisted()).isEqualTo(1);
        assertThat(keeper.state().stopped()).isFalse();
    }

    @Test
    void forcesOnlyWhenTheOperatorSaysSo() {
        hold("t1");

        Future<Secret> normal = keeper.renew(false);
        issuer.answer("t1", LIFE);
        Future<Secret> forced = keeper.renew(true);
        issuer.answer("t2", LIFE);

        assertThat(valueOf(normal)).isEqualTo("t1");
        assertThat(valueOf(forced)).isEqualTo("t2");
        assertThat(issuer.calls()).containsExactly(false, false, true);
    }

    @Test
    void doesNotLoopWhileWeChatGivesOneThatIsAboutToEnd() {
        keeper.current();
        for (int each = 0; each < 600; each++) {
            if (issuer.isAsked()) {
                issuer.answer("t1", Duration.ofSeconds(2));
            }
            step();
        }

        assertThat(issuer.calls()).hasSizeBetween(15, 21);
    }

    @Test
    void saysHowItIsWithoutTheValue() {
        hold("t1SecretGreen");
        pass(Duration.ofMinutes(10));

        CredentialState state = keeper.state();

        assertThat(state.age()).contains(Duration.ofMinutes(10));
        assertThat(state.life()).contains(LIFE.minusMinutes(10));
        assertThat(state.nextRenewal().orElseThrow()).isBetween(LIFE.minusMinutes(15), LIFE.minusMinutes(14));
        assertThat(state.fetchesToday()).isEqualTo(1);
        assertThat(state.source()).contains(Source.FETCHED_HERE);
        assertThat(state.toString()).doesNotContain("Green");
    }
}
