package io.weir.simulator.platform;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** A stretch of China time within which calls are counted. */
enum Period {
    MINUTE,
    DAY,
    MONTH;

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    /** Which one of its kind an instant is in: the same number within, another one outside. */
    long number(Instant instant) {
        ZonedDateTime there = instant.atZone(CHINA);
        return switch (this) {
            case MINUTE -> Math.floorDiv(instant.getEpochSecond(), 60L);
            case DAY -> there.toLocalDate().toEpochDay();
            case MONTH -> there.getYear() * 12L + there.getMonthValue();
        };
    }
}
