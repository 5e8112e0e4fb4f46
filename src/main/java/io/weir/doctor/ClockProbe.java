package io.weir.doctor;

import io.vertx.core.Future;
import io.weir.client.WeChatException;
import io.weir.client.calls.NetworkCalls;
import io.weir.doctor.Doctor.Check;
import io.weir.doctor.Doctor.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether WeChat's API can be reached, and how far this machine's clock is from its {@code Date} header.
 *
 * @param account any; the question needs no token
 * @param window how far a push's timestamp may be from the clock: outside it every push is refused
 */
public record ClockProbe(NetworkCalls calls, String account, String host, Duration window, Clock clock)
        implements Check.Probe {
    /** Where a clock begins to be wrong (reliability: warning above 30 s). */
    private static final Duration TOLERANCE = Duration.ofSeconds(30);

    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);
    private static final String FIX =
            "Let the machine keep its time by NTP (timedatectl set-ntp true); a container has the clock of its host.";

    @Override
    public Future<List<Finding>> look() {
        long start = System.nanoTime();
        return calls.date(account)
                .map(date -> List.of(judge(date, Duration.ofNanos(System.nanoTime() - start))))
                .otherwise(failure -> List.of(unreachable(failure)));
    }

    private Finding judge(Optional<Instant> date, Duration roundTrip) {
        return date.map(theirs -> compare(theirs, roundTrip))
                .orElseGet(() -> Finding.warn(
                        host + " answers, without the header Date",
                        "Something between here and WeChat answers in its place, or a proxy removes headers: look at"
                                + " wechat.baseUri."));
    }

    /** The header has whole seconds and was written about half a round trip ago: so much is not known. */
    private Finding compare(Instant theirs, Duration roundTrip) {
        Duration unknown = roundTrip.dividedBy(2).plus(HALF_A_SECOND);
        Instant ours = clock.instant().minus(roundTrip.dividedBy(2));
        Duration ahead = Duration.between(theirs.plus(HALF_A_SECOND), ours);
        Duration off = ahead.abs().compareTo(unknown) <= 0 ? Duration.ZERO : ahead;
        String sentence =
                host + " answers in " + roundTrip.toMillis() + " ms; this machine's clock is " + words(off, unknown);
        return level(off.abs(), sentence).with("millis", roundTrip.toMillis()).with("secondsAhead", seconds(off));
    }

    private Finding level(Duration off, String sentence) {
        if (off.compareTo(TOLERANCE) <= 0) {
            return Finding.ok(sentence);
        }
        return off.compareTo(window) < 0
                ? Finding.warn(sentence, FIX).expecting("at most " + TOLERANCE.toSeconds() + " s")
                : Finding.fail(sentence + ", so every push is refused", FIX)
                        .expecting("at most " + TOLERANCE.toSeconds() + " s; push.timestampWindow is "
                                + window.toSeconds() + " s");
    }

    private static String words(Duration ahead, Duration unknown) {
        long seconds = Math.abs(seconds(ahead));
        if (seconds <= 1) {
            long known = Math.max(1, seconds(unknown));
            return known == 1 ? "right to the second" : "right to " + known + " seconds";
        }
        return seconds + " s " + (ahead.isNegative() ? "behind" : "ahead of") + " WeChat's";
    }

    private static long seconds(Duration time) {
        return Math.round(time.toMillis() / 1000.0);
    }

    private static Finding unreachable(Throwable failure) {
        return failure instanceof WeChatException expected
                ? Diagnosis.ofWeChat(expected).expecting("an answer, whatever it says")
                : Diagnosis.of(failure);
    }
}
