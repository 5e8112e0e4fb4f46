package io.weir.token;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;

/** How many fetches there were since midnight in China, where WeChat counts. For show only: budgets are kept elsewhere. */
final class FetchCount {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final Clock clock;
    private LocalDate day;
    private int count;

    FetchCount(Clock clock) {
        this.clock = clock.withZone(CHINA);
        this.day = LocalDate.now(this.clock);
    }

    void add() {
        count = today() + 1;
    }

    int today() {
        LocalDate now = LocalDate.now(clock);
        if (!now.equals(day)) {
            day = now;
            count = 0;
        }
        return count;
    }
}
