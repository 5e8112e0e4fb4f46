package io.weir.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.client.SharedCredentials.CredentialState.Source;
import io.weir.client.WeChatException;
import io.weir.client.WeChatException.Kind;
import io.weir.config.Secret;
import io.weir.token.CredentialStatus.CoolingDown;
import io.weir.token.CredentialStatus.Fresh;
import io.weir.token.CredentialStatus.RefreshRequest;
import io.weir.token.CredentialStatus.Renewing;
import io.weir.token.CredentialStatus.Stopped;
import io.weir.wechat.api.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each arrow of the diagram. */
class CredentialStatusTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private final WeChatException slow = WeChatException.of(Kind.NO_ANSWER, "slow");
    private final WeChatException wrongSecret = WeChatException.refused(ErrorCode.of(40125), "no", Optional.empty());

    /** Obtained at 0 s, to be renewed at 90 s, ends at 100 s. */
    private static final HeldCredential HELD = new HeldCredential(
            Secret.of("t1"), 7, Duration.ofSeconds(100), 0, 100 * SECOND, 90 * SECOND, Source.FETCHED_HERE);

    private final CredentialStatus unknown = CredentialStatus.unknown();
    private final CredentialStatus fresh = unknown.obtained(HELD);

    @Test
    void isToBeFetchedWhereNothingIsKnown() {
        assertThat(unknown.mayFetch()).isTrue();
        assertThat(unknown.held()).isEmpty();
    }

    @Test
    void becomesFreshWithWhatIsObtained() {
        assertThat(fresh).isInstanceOf(Fresh.class);
        assertThat(fresh.held()).contains(HELD);
        assertThat(fresh.at(89 * SECOND).mayFetch()).isFalse();
    }

    @Test
    void isRenewedWhenDueWhileTheOldOneIsHeld() {
        CredentialStatus due = fresh.at(90 * SECOND);

        assertThat(due).isInstanceOf(Renewing.class);
        assertThat(due.held()).contains(HELD);
    }

    @Test
    void isRenewedWhenRefused() {
        CredentialStatus refused = fresh.refused(Duration.ZERO, slow, 0);

        assertThat(refused).isInstanceOf(Renewing.class);
        assertThat(refused.held()).isEmpty();
    }

    @Test
    void coolsDownWhenRefusedTooOften() {
        CredentialStatus refused = fresh.refused(MINUTE, slow, 0);

        assertThat(refused).isInstanceOf(CoolingDown.class);
        assertThat(refused.mayFetch()).isFalse();
        assertThat(refused.at(60 * SECOND)).isInstanceOf(Renewing.class);
    }

    @Test
    void fetchesWhatTheOperatorWantsThoughTheOldOneIsRefusedTooOften() {
        CredentialStatus requested = fresh.requested(RefreshRequest.FORCED);

        assertThat(requested.refused(MINUTE, slow, 0).request()).isEqualTo(RefreshRequest.FORCED);
    }

    @Test
    void coolsDownAfterAFailureAndTriesAgain() {
        CredentialStatus failed = unknown.failed(slow, new Renewal.Pause(MINUTE, MINUTE, false), 0);

        assertThat(failed).isInstanceOf(CoolingDown.class);
        assertThat(failed.mayFetch()).isFalse();
        assertThat(failed.pause(20 * SECOND)).isEqualTo(Duration.ofSeconds(40));
        assertThat(failed.at(59 * SECOND)).isSameAs(failed);
        assertThat(failed.at(60 * SECOND)).isInstanceOf(Renewing.class);
        assertThat(failed.at(60 * SECOND).failures().inARow()).isEqualTo(1);
        assertThat(failed.at(60 * SECOND).failures().last()).contains(slow);
    }

    @Test
    void stopsWhereOnlyTheOperatorCanMendTheFailure() {
        CredentialStatus failed = unknown.failed(wrongSecret, new Renewal.Pause(MINUTE, MINUTE, true), 0);

        assertThat(failed).isInstanceOf(Stopped.class);
        assertThat(failed.requested(RefreshRequest.NORMAL).mayFetch()).isTrue();
        assertThat(failed.at(60 * SECOND)).isInstanceOf(Renewing.class);
    }

    @Test
    void asksTheStoreOnWhereAnotherInstanceHasFailed() {
        CredentialStatus told = unknown.failedElsewhere(wrongSecret, MINUTE, 0);

        assertThat(told).isInstanceOf(Stopped.class);
        assertThat(told.mayFetch()).isTrue();
        assertThat(told.failures().told()).isTrue();
        assertThat(unknown.failedElsewhere(slow, MINUTE, 0)).isInstanceOf(CoolingDown.class);
    }

    @Test
    void isFreshAgainWhenOnlyARequestedFetchHasFailed() {
        CredentialStatus failed =
                fresh.requested(RefreshRequest.NORMAL).failed(slow, new Renewal.Pause(MINUTE, MINUTE, false), 0);

        assertThat(failed.held()).contains(HELD);
        assertThat(failed.at(60 * SECOND)).isInstanceOf(Fresh.class);
    }

    @Test
    void keepsTheLongerPauseWhenWhatItHasIsRefusedMeanwhile() {
        CredentialStatus stopped = fresh.failed(wrongSecret, new Renewal.Pause(MINUTE, MINUTE, true), 0)
                .refused(Duration.ofSeconds(1), slow, 0);

        assertThat(stopped).isInstanceOf(Stopped.class);
        assertThat(stopped.held()).isEmpty();
    }

    @Test
    void forgetsFailuresWithWhatIsObtained() {
        CredentialStatus mended = unknown.failed(wrongSecret, new Renewal.Pause(MINUTE, MINUTE, true), 0)
                .obtained(HELD);

        assertThat(mended.failures().last()).isEmpty();
        assertThat(mended.pause(0)).isZero();
    }
}
