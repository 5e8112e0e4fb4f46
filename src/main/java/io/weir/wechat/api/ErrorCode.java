package io.weir.wechat.api;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * One of WeChat's error codes with what it means and what helps, in both languages of the users.
 *
 * @param code the number on the wire
 * @param conduct what the client does about it
 */
public record ErrorCode(
        int code, ErrorPolicy conduct, String meaning, String remedy, String chineseMeaning, String chineseRemedy)
        implements Serializable {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    /** The code of an ordinary call; one that is not in the table has {@link ErrorPolicy#GIVE_UP}. */
    public static ErrorCode of(int code) {
        return ErrorCodes.of(code);
    }

    /** The code of a call that fetches the access_token: 40001 is about the AppSecret there. */
    public static ErrorCode ofCredentialCall(int code) {
        return ErrorCodes.ofCredentialCall(code);
    }

    /** Until when no further calls are to be made after this code has come; empty where it forbids none. */
    public Optional<Instant> pauseUntil(Instant now) {
        if (conduct == ErrorPolicy.WAIT_UNTIL_TOMORROW) {
            return Optional.of(now.atZone(CHINA)
                    .toLocalDate()
                    .plusDays(1)
                    .atStartOfDay(CHINA)
                    .toInstant());
        }
        Duration pause = pause();
        return pause.isZero() ? Optional.empty() : Optional.of(now.plus(pause));
    }

    private Duration pause() {
        return switch (code) {
            case 89506 -> Duration.ofHours(24);
            case 89507 -> Duration.ofHours(1);
            default -> conduct.pause();
        };
    }

    /** What a client has to do about an error code (token-and-server-api.md §4). */
    public enum ErrorPolicy {
        /** The token is no longer taken: one compare-and-invalidate, one refresh for all instances, one repeat. */
        RENEW_TOKEN,
        /** WeChat is busy: repeat with growing pauses, three times at most; the call may have been executed. */
        BACK_OFF,
        /** Too many calls a minute: none of this function for a minute. */
        WAIT_A_MINUTE,
        /** The day's quota of a function is used up: none of it until midnight in China. */
        WAIT_UNTIL_TOMORROW,
        /** Only the operator can mend this: no further calls of the account for minutes, and an alarm. */
        STOP,
        /** Only the operator can mend this, and it is about one function: no further calls of it for minutes, and an alarm. */
        STOP_FUNCTION,
        /** This one call is in vain, others are not. */
        GIVE_UP,
        /** Our request is wrong: a bug, or what the caller gave. */
        WRONG_REQUEST;

        private static final Duration MINUTES = Duration.ofMinutes(5);

        /** Whether calls pause after such an answer, and how long; zero where they do not, or where a calendar decides. */
        Duration pause() {
            return switch (this) {
                case WAIT_A_MINUTE -> Duration.ofMinutes(1);
                case STOP, STOP_FUNCTION -> MINUTES;
                default -> Duration.ZERO;
            };
        }
    }
}
