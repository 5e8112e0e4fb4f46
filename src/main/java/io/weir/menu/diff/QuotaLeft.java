package io.weir.menu.diff;

import java.util.Optional;

/**
 * Whether WeChat's daily quota is enough for what is planned.
 *
 * @param path of the call, as in {@code /cgi-bin/menu/create}
 * @param needed how often the plan calls it
 * @param left how often it may be called today; empty where WeChat did not tell
 */
public record QuotaLeft(String path, int needed, Optional<Long> left) {
    public boolean isTooLittle() {
        return left.filter(calls -> calls < needed).isPresent();
    }
}
