package io.weir.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.weir.client.WeChatException;
import io.weir.client.WeChatException.Kind;
import io.weir.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeeperRefusalTest extends KeeperBench {
    @Test
    void fetchesOnceForAllWhoReportTheSameRefusal() {
        hold("t1");

        Future<Secret> one = keeper.refused(Secret.of("t1"));
        Future<Secret> two = keeper.refused(Secret.of("t1"));
        Future<Secret> other = keeper.current();
        issuer.answer("t2", LIFE);

        assertThat(List.of(valueOf(one), valueOf(two), valueOf(other))).containsOnly("t2");
        assertThat(issuer.calls()).hasSize(2);
    }

    @Test
    void keepsTheCurrentOneWhenAFormerOneIsReported() {
        hold("t1");

        Future<Secret> answer = keeper.refused(Secret.of("t0"));

        assertThat(valueOf(answer)).isEqualTo("t1");
        assertThat(issuer.calls()).hasSize(1);
    }

    @Test
    void forcesOnceWhenWeChatGivesBackWhatItRefuses() {
        hold("t1");
        Future<Secret> answer = keeper.refused(Secret.of("t1"));

        issuer.answer("t1", LIFE);
        assertThat(issuer.calls()).containsExactly(false, false, true);
        issuer.answer("t2", LIFE);

        assertThat(valueOf(answer)).isEqualTo("t2");
    }

    @Test
    void takesTheSameTokenAgainWhenItCannotBeForced() {
        hold("t1");
        Future<Secret> answer = keeper.refused(Secret.of("t1"));

        issuer.answer("t1", LIFE);
        issuer.fail(WeChatException.of(Kind.OVER_BUDGET, "20 a day"));

        assertThat(valueOf(answer)).isEqualTo("t1");
    }

    @Test
    void forcesSeldom() {
        hold("t1");
        pass(Duration.ofMinutes(2));
        keeper.refused(Secret.of("t1"));
        issuer.answer("t1", LIFE);
        issuer.answer("t2", LIFE);
        pass(Duration.ofMinutes(2));
        keeper.refused(Secret.of("t2"));
        issuer.answer("t2", LIFE);

        assertThat(issuer.calls()).containsExactly(false, false, true, false);
        assertThat(valueOf(keeper.current())).isEqualTo("t2");
    }

    @Test
    void neverForcesInClassicMode() {
        Keeper classic = keeper("b", false);
        classic.current();
        issuer.answer("t1", LIFE);

        Future<Secret> answer = classic.refused(Secret.of("t1"));
        issuer.answer("t1", LIFE);

        assertThat(valueOf(answer)).isEqualTo("t1");
        assertThat(issuer.calls()).containsExactly(false, false);
    }

    @Test
    void doesNotUseUpTheDayForOneWhoRefusesEveryToken() {
        hold("t0");
        for (int each = 0; each < 6000; each++) {
            if (issuer.isAsked()) {
                issuer.answer("t" + issuer.calls().size(), LIFE);
            }
            Future<Secret> current = keeper.current();
            if (current.succeeded()) {
                keeper.refused(current.result());
            }
            step();
        }

        assertThat(issuer.calls()).hasSizeBetween(10, 30);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eightInstancesFetchNoMoreOftenThanOneWhereEveryTokenIsRefused(boolean stable) {
        List<Keeper> fleet = IntStream.range(0, 8)
                .mapToObj(each -> keeper("i" + each, stable))
                .toList();
        for (int tick = 0; tick < 6000; tick++) {
            while (issuer.isAsked()) {
                issuer.answer("t" + issuer.calls().size(), LIFE);
            }
            for (Keeper each : fleet) {
                Future<Secret> current = each.current();
                if (current.succeeded()) {
                    each.refused(current.result());
                }
                each.tick();
            }
            clock.pass(TICK);
        }

        assertThat(issuer.calls()).hasSizeBetween(10, 30);
        assertThat(fleet)
                .extracting(Keeper::state)
                .allSatisfy(state -> assertThat(state.lastError())
                        .hasValueSatisfying(
                                error -> assertThat(error).hasMessageContaining("another system fetches it")));
    }

    @Test
    void dropsWhatAnotherInstanceHasInvalidated() {
        hold("t1");
        Keeper other = keeper("b", true);
        other.current();
        keeper.refused(Secret.of("t1"));
        Future<Secret> answer = other.refused(Secret.of("t1"));

        issuer.answer("t2", LIFE);
        pass(other, Duration.ofSeconds(1));

        assertThat(valueOf(answer)).isEqualTo("t2");
        assertThat(issuer.calls()).hasSize(2);
    }
}
