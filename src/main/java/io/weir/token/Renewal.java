package io.weir.token;

import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.WeChatException;
import io.weir.retry.Backoff;
import io.weir.wechat.api.ErrorCode;
import java.time.Duration;
import java.util.Map;

/**
 * When the next credential is fetched, and how long to wait after a failure. Pure.
 *
 * @param longestMargin how long before the end a credential is renewed at most
 * @param shareOfLife the same as a share of its life; the shorter of the two holds
 * @param spacing the shortest time between a fetch and the next: in stable mode WeChat may give back one that is about to end
 * @param firstPause after one failure, doubled with each further one
 * @param longestPause where doubling stops
 */
public record Renewal(
        Duration longestMargin, double shareOfLife, Duration spacing, Duration firstPause, Duration longestPause) {
    /** WeChat's two hours in mind. */
    public static final Renewal DEFAULT = new Renewal(
            Duration.ofMinutes(5), 0.1, Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(60));

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration STOP = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);

    /** Codes that concern the calling address only: another instance may have more luck. */
    private static final int IP_NOT_LISTED = 40_164;

    /** How long the administrator's no to an address holds. */
    private static final Map<Integer, Duration> ADMINISTRATOR = Map.of(89_506, Duration.ofHours(24), 89_507, HOUR);

    /**
     * How long from now the next one is to be fetched.
     *
     * @param life of the credential from now
     * @param wholeLife when it was fetched
     * @param random from 0 to 1: the instances shall not come together
     */
    Duration renewIn(Duration life, Duration wholeLife, double random) {
        Duration share = Duration.ofNanos((long) (wholeLife.toNanos() * shareOfLife));
        Duration margin = share.compareTo(longestMargin) < 0 ? share : longestMargin;
        Duration early = Duration.ofNanos((long) (margin.toNanos() * (0.8 + 0.2 * random)));
        Duration due = life.minus(early);
        return due.isNegative() ? Duration.ZERO : due;
    }

    /** The same for one that was fetched just now. */
    Duration renewFetchedIn(Duration life, double random) {
        Duration due = renewIn(life, life, random);
        return due.compareTo(spacing) < 0 ? spacing : due;
    }

    /** A growing pause with jitter: between half and the whole of it. */
    Duration pause(int failures, double random) {
        return growth().after(failures, random);
    }

    Backoff growth() {
        return Backoff.doubling(firstPause, longestPause);
    }

    /**
     * What a failed fetch asks for.
     *
     * @param failures in a row, this one included
     */
    Pause after(WeChatException failure, CredentialKind kind, int failures, double random) {
        return switch (failure.kind()) {
            case REFUSED ->
                failure.code()
                        .map(code -> refused(code, kind, failures, random))
                        .orElseGet(Pause::stop);
            // Nothing has reached WeChat, and another instance may reach it.
            case UNREACHABLE -> new Pause(pause(failures, random), Duration.ZERO, false);
            case NO_ANSWER, GARBAGE -> Pause.shared(pause(failures, random));
            case OVER_BUDGET -> Pause.shared(MINUTE);
            case STOPPED -> new Pause(MINUTE, MINUTE, true);
        };
    }

    private Pause refused(ErrorCode code, CredentialKind kind, int failures, double random) {
        if (code.code() == IP_NOT_LISTED) {
            return new Pause(STOP, MINUTE, true);
        }
        return switch (code.conduct()) {
            // Where a token is fetched these codes speak of the AppSecret.
            case RENEW_TOKEN ->
                kind == CredentialKind.ACCESS_TOKEN ? Pause.stop() : Pause.shared(pause(failures, random));
            case BACK_OFF -> Pause.shared(pause(failures, random));
            case WAIT_A_MINUTE -> Pause.shared(MINUTE);
            // An operator may have the quota reset before midnight: a call an hour finds out.
            case WAIT_UNTIL_TOMORROW -> Pause.shared(HOUR);
            case STOP, STOP_FUNCTION, GIVE_UP, WRONG_REQUEST -> stopped(code);
        };
    }

    private static Pause stopped(ErrorCode code) {
        Duration time = ADMINISTRATOR.getOrDefault(code.code(), STOP);
        return new Pause(time, time, true);
    }

    /**
     * How long nothing is fetched.
     *
     * @param here by this instance
     * @param fleet by the others
     * @param stopped whether only the operator can mend it
     */
    record Pause(Duration here, Duration fleet, boolean stopped) {
        private static Pause shared(Duration time) {
            return new Pause(time, time, false);
        }

        private static Pause stop() {
            return new Pause(STOP, STOP, true);
        }
    }
}
