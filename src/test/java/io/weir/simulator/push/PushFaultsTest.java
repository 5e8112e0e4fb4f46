package io.weir.simulator.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.simulator.push.PushFaults.ActiveFault;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushFaultsTest {
    private final PushFaults faults = new PushFaults();

    @Test
    void standForSoManyPushesOrUntilTheyAreCleared() {
        faults.next(2, new PushFault.Drop());
        faults.untilCleared(new PushFault.Duplicate(3));

        assertThat(next("dev")).isEqualTo(Handling.LIKE_WECHAT.withDrop().withDuplicates(3));
        assertThat(faults.standing())
                .containsExactly(
                        new ActiveFault(new PushFault.Drop(), Optional.empty(), OptionalInt.of(1)),
                        new ActiveFault(new PushFault.Duplicate(3), Optional.empty(), OptionalInt.empty()));
        assertThat(next("dev").dropped()).isTrue();
        assertThat(next("dev")).isEqualTo(Handling.LIKE_WECHAT.withDuplicates(3));
        faults.clear();
        assertThat(next("dev")).isEqualTo(Handling.LIKE_WECHAT);
    }

    @Test
    void standForOneAccountOrForAll() {
        faults.next(1, new PushFault.Drop(), "a");
        faults.untilCleared(new PushFault.NoRetry(), "b");

        assertThat(next("c")).isEqualTo(Handling.LIKE_WECHAT);
        assertThat(next("b")).isEqualTo(Handling.LIKE_WECHAT.withAttempts(1));
        faults.clear("b");
        assertThat(next("b")).isEqualTo(Handling.LIKE_WECHAT);
        assertThat(next("a").dropped()).isTrue();
        assertThat(next("a").dropped()).isFalse();
    }

    @Test
    void areBounded() {
        for (int i = 0; i < PushFaults.MOST; i++) {
            faults.untilCleared(new PushFault.Drop());
        }

        assertThatThrownBy(() -> faults.next(1, new PushFault.Drop()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("100 faults stand already");
        assertThatThrownBy(() -> faults.next(0, new PushFault.Drop())).hasMessageContaining("pushes: expected 1");
    }

    @Test
    void haveNamesForThoseOutside() {
        assertThat(named("duplicate", 2)).isEqualTo(new PushFault.Duplicate(2));
        assertThat(named("delay", 1500)).isEqualTo(new PushFault.Delay(Duration.ofMillis(1500)));
        assertThat(named("clockOffset", -600)).isEqualTo(new PushFault.ClockOffset(Duration.ofMinutes(-10)));
        assertThat(named("drop")).isEqualTo(new PushFault.Drop());
        assertThat(named("reorder")).isEqualTo(new PushFault.Reorder());
        assertThat(named("noRetry")).isEqualTo(new PushFault.NoRetry());
        assertThat(named("unreachable")).isEqualTo(new PushFault.Unreachable());
    }

    @Test
    void haveANameEach() {
        assertThat(Arrays.stream(PushFault.class.getPermittedSubclasses())
                        .map(type -> Character.toLowerCase(type.getSimpleName().charAt(0))
                                + type.getSimpleName().substring(1)))
                .allSatisfy(name -> assertThatThrownBy(() -> named(name, Long.MIN_VALUE))
                        .isInstanceOf(RuntimeException.class)
                        .message()
                        .doesNotContain("expected one of"));
    }

    @ParameterizedTest
    @CsvSource({
        "explode,,'expected one of duplicate, delay, clockOffset, drop, reorder, noRetry, unreachable, found explode'",
        "drop,1,fault drop has no amount",
        "delay,,fault delay needs an amount: milliseconds",
        "duplicate,0,'duplicate: expected 1 to 100, found 0'",
        "duplicate,101,'found 101'",
        "duplicate,4294967297,'expected 1 to 100'",
        "delay,0,'expected 1 to 3600000'",
        "delay,3600001,'found 3600001'",
        "clockOffset,999999999,'clockOffset in seconds'"
    })
    void refuseWhatMakesNoSense(String name, Long amount, String why) {
        OptionalLong number = amount == null ? OptionalLong.empty() : OptionalLong.of(amount);

        assertThatThrownBy(() -> PushFault.of(name, number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private Handling next(String account) {
        return faults.next(account, Handling.LIKE_WECHAT);
    }

    private static PushFault named(String name) {
        return PushFault.of(name, OptionalLong.empty());
    }

    private static PushFault named(String name, long amount) {
        return PushFault.of(name, OptionalLong.of(amount));
    }
}
