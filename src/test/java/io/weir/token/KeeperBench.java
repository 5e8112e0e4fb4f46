package io.weir.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.weir.client.ManualClock;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.WeChatException;
import io.weir.config.Secret;
import io.weir.token.TokenVerticle.TokenLimits;
import io.weir.wechat.api.ErrorCode;
import io.weir.wechat.api.ErrorCode.ErrorPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A keeper, its clock, its issuer and its store, all moved by the test. */
abstract class KeeperBench {
    static final Duration LIFE = Duration.ofHours(2);
    static final Duration TICK = Duration.ofMillis(100);

    final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
    final ScriptedIssuer issuer = new ScriptedIssuer();
    final UnsteadyStore store = new UnsteadyStore(new MemoryTokenStore(clock::nanos));
    final Keeper keeper = keeper("a", true);

    Keeper keeper(String owner, boolean stable) {
        return keeper(owner, stable, Duration.ofSeconds(30));
    }

    Keeper keeper(String owner, boolean stable, Duration callerWait) {
        TokenLimits limits =
                new TokenLimits(callerWait, Duration.ofHours(1), Duration.ofSeconds(17), Duration.ofSeconds(10), TICK);
        Keeper.KeeperDependencies tools = new Keeper.KeeperDependencies(
                store, issuer, limits, Renewal.DEFAULT, owner, clock::nanos, clock, () -> 0.5);
        return new Keeper(new Keeper.Account("main", "wx1", stable), CredentialKind.ACCESS_TOKEN, tools);
    }

    void hold(String value) {
        keeper.current();
        issuer.answer(value, LIFE);
    }

    void pass(Duration time) {
        pass(keeper, time);
    }

    /** Lets time pass in large steps, with a tick after each. */
    void pass(Keeper whose, Duration time) {
        int steps = 20;
        List<Duration> each = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            each.add(time.dividedBy(steps));
        }
        each.forEach(step -> {
            clock.pass(step);
            whose.tick();
        });
    }

    void step() {
        clock.pass(TICK);
        keeper.tick();
    }

    static String valueOf(Future<Secret> answer) {
        assertThat(answer.succeeded()).as(() -> String.valueOf(answer)).isTrue();
        return answer.result().reveal();
    }

    static WeChatException refusal(int code, ErrorPolicy conduct) {
        return WeChatException.refused(new ErrorCode(code, conduct, "m", "r", "中", "文"), "no", Optional.empty());
    }
}
