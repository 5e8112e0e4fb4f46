package io.weir.faults;

import io.weir.faults.proxy.RedisProxy;

/** What is promised of every fault of Redis. */
final class Redis {
    private static final int LOG_LINES = 10;

    private Redis() {}

    /** The gateways' configuration of a Redis behind a proxy. */
    /** A push waits for Redis 1.5 s at most, and for its handler besides. */
    private static final int LONGEST_MILLIS = 1_700;

    static String through(RedisProxy proxy) {
        return "{ uri: \"redis://127.0.0.1:" + proxy.port() + "\" }";
    }

    /** Nothing is lost, nothing comes twice, nobody waits for it, and the log stays readable. */
    static Verdict wentOn(Verdict verdict) {
        return verdict.onTime()
                .onceOrMarked()
                .equal("lost", verdict.figures().lost(), 0)
                .logsAtMost(LOG_LINES)
                .below("max in ms", verdict.figures().max(), LONGEST_MILLIS);
    }

    /** The same where an instance cannot know what another one has answered while Redis was away. */
    static Verdict wentOnAlone(Verdict verdict) {
        return verdict.onTime()
                .onceEachAlone()
                .equal("lost", verdict.figures().lost(), 0)
                .logsAtMost(LOG_LINES);
    }
}
