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
}
