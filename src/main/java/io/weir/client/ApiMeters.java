package io.weir.client;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.config.AccountConfig;
import io.weir.metrics.DurationHistograms;
import io.weir.wechat.api.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts the calls to WeChat's server API. Any thread; bounded, also where others have their calls passed on. */
final class ApiMeters {
    private static final List<Duration> BOUNDS = List.of(
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30));

    private static final int MOST_PATHS = 100;
    private static final int MOST_COUNTERS = 5_000;
    private static final String OTHER = "other";

    private final Map<Count, Counter> counters = new ConcurrentHashMap<>();
    private final Set<String> paths = ConcurrentHashMap.newKeySet();
    private final MeterRegistry metrics;
    private final DurationHistograms seconds;

    ApiMeters(MeterRegistry metrics) {
        this.metrics = metrics;
        this.seconds = DurationHistograms.of(
                metrics, "weir_api_call_seconds", "How long WeChat took for a call, by its path", "call", BOUNDS);
    }

    /** Has the fetches of an account's access_token counted from 0 on; other calls appear when they are made first. */
    void expect(AccountConfig account) {
        String path = label(WeChatCredentialFetcher.path(account));
        counter(new Count(account.name(), path, "0"));
        seconds.of(path);
    }

    /** A request has ended. */
    void ended(String account, Call call, long tookNanos, @Nullable Throwable failure) {
        String path = label(call.path());
        counter(new Count(account, path, errcode(failure))).increment();
        seconds.of(path).record(tookNanos);
    }

    private String label(String path) {
        return paths.contains(path) || (paths.size() < MOST_PATHS && paths.add(path)) ? path : OTHER;
    }

    /** WeChat's code, 0 where it took the call; in words where there was none. */
    private static String errcode(@Nullable Throwable failure) {
        if (failure == null) {
            return "0";
        }
        return failure instanceof WeChatException known
                ? known.code()
                        .map(ErrorCode::code)
                        .map(code -> Integer.toString(code))
                        .orElseGet(() -> known.kind().name().toLowerCase(Locale.ROOT))
                : "failed";
    }

    private Counter counter(Count count) {
        boolean full = counters.size() >= MOST_COUNTERS && !counters.containsKey(count);
        return counters.computeIfAbsent(full ? new Count(count.account, OTHER, OTHER) : count, this::registered);
    }

    private Counter registered(Count count) {
        return Counter.builder("weir.api.calls")
                .description(
                        "Requests to WeChat's server API, by path and what came: WeChat's code, or why there was none")
                .tag("account", count.account)
                .tag("call", count.path)
                .tag("errcode", count.errcode)
                .register(metrics);
    }

    private record Count(String account, String path, String errcode) {}
}
