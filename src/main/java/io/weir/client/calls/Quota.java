package io.weir.client.calls;

import java.util.Optional;

/** How much of an API is left for the account today (token-and-server-api.md §6). */
public record Quota(long dailyLimit, long used, long remain, Optional<Rate> rate, Optional<Rate> componentRate) {
    /**
     * A limit in shorter windows.
     *
     * @param calls how many
     * @param refreshSeconds within how long
     */
    public record Rate(long calls, long refreshSeconds) {}
}
