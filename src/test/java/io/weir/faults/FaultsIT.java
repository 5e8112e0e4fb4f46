package io.weir.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.faults.fleet.Balancer;
import io.weir.faults.fleet.EarlierJar;
import io.weir.faults.fleet.Weir;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows of {@code scripts/faults} in their short form. Times are left to that: here other tests may be at work as well. */
@Tag("measured")
class FaultsIT {
    private final Stage stage = new Stage(Weir.home().resolve("target/faults-it"), true, false);

    @BeforeAll
    static void needsABalancer() {
        assumeTrue(Balancer.isInstalled(), "HAProxy is missing: install it (Debian, Ubuntu: apt install haproxy)");
    }

    @Test
    void runsAPushOnceThatComesEightTimesAtOnceToThreeInstances() {
        assertThat(new EightAtOnce().run(stage).broken()).isEmpty();
    }

    @Test
    void goesOnWithoutRedisAndIsWellAgainWhenItIsBack() {
        Verdict verdict = new RedisKilled().run(stage);

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.heal()).isPresent();
    }

    @Test
    void losesNoPushWhenAnEarlierBuildIsUpgraded() {
        assumeTrue(EarlierJar.of(RollingUpgrade.EARLIER).isPresent(), "there is no jar of an earlier commit");

        assertThat(new RollingUpgrade().run(stage).broken()).isEmpty();
    }

    @Test
    void handlesWhatAnotherBuildHasStored() {
        assumeTrue(EarlierJar.of(LateUpgrade.EARLIER).isPresent(), "there is no jar of an earlier commit");

        assertThat(new LateUpgrade().run(stage).broken()).isEmpty();
    }

    @Test
    void failsNoPushWhenAnInstanceIsKilled() {
        assertThat(new InstanceKilled().run(stage).broken()).isEmpty();
    }
}
