package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.weir.dispatch.Late;
import io.weir.redis.FleetCounter;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import java.time.Duration;
import java.util.Map;

/**
 * Which late attempts are left to lapse, so that WeChat asks again. WeChat counts them as failures of the account, alarms at
 * about 30 in five minutes and may then stop pushing for a minute: far below that they are acknowledged instead.
 */
public final class LateRetryLimiter {
    private static final int LIMIT = 10;
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final Map<PushType<?>, Late> policies;
    private final FleetCounter rateLimits;

    /**
     * The policy of a gateway.
     *
     * @param policies of each kind; {@link Late#SUCCESS} where there is none
     */
    public LateRetryLimiter(Map<PushType<?>, Late> policies, FleetCounter rateLimits) {
        this.policies = Map.copyOf(policies);
        this.rateLimits = rateLimits;
    }

    /** Whether attempts of this kind may lapse at all. */
    boolean concern(Push push) {
        return policies.getOrDefault(push.type(), Late.SUCCESS) == Late.RETRY;
    }

    /** Whether one more may lapse; it is counted. */
    Future<Boolean> allow(Push push) {
        return rateLimits.takeSince("late-retry:" + push.account(), LIMIT, WINDOW, WINDOW);
    }
}
