package io.weir.simulator.api;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.weir.http.BoundedBody;
import io.weir.simulator.api.Rids.RidEndpoints;
import io.weir.simulator.platform.Platform;
import io.weir.simulator.time.SimulatedTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Answers as WeChat's API does. Any number of HTTP servers may share one.
 *
 * <p>A body may have 1 MiB, with files 12 MiB; a larger one is plain HTTP 413. A call that is not in the table is refused
 * with 48001, which no client repeats, and words of the simulator's own. The reference has a code for neither.
 */
public final class ApiServer implements Handler<HttpServerRequest> {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int MAX_BYTES_WITH_FILES = 12 * 1024 * 1024;

    private final Map<String, ApiCall> table = new LinkedHashMap<>();
    private final ApiFaults faults = new ApiFaults();
    private final ApiCounts counts = new ApiCounts();
    private final Vertx vertx;
    private final Platform platform;
    private final SimulatedTime time;
    private final Rids rids;

    /** @param calls all that there are, but for the calls about calls (quotas and request ids), which it adds itself */
    public ApiServer(Vertx vertx, Platform platform, SimulatedTime time, List<ApiCall> calls) {
        this.vertx = vertx;
        this.platform = platform;
        this.time = time;
        this.rids = new Rids(time.clock());
        calls.forEach(this::add);
        new QuotaEndpoints(table.keySet()).all().forEach(this::add);
        new RidEndpoints(rids).all().forEach(this::add);
    }

    /** Takes what comes under {@code /cgi-bin/} on a router, and all that others leave and that can be a call of WeChat's. */
    public void mount(Router router) {
        router.route("/cgi-bin/*").handler(context -> handle(context.request()));
        router.routeWithRegex("/(?!phone/|control/|media/)[A-Za-z0-9_-]+/.+")
                .last()
                .handler(context -> handle(context.request()));
    }

    /** What goes wrong on command. */
    public ApiFaults faults() {
        return faults;
    }

    /** What was called. */
    public ApiCounts counts() {
        return counts;
    }

    @Override
    public void handle(HttpServerRequest request) {
        String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        boolean files = contentType != null && Multipart.is(contentType);
        BoundedBody.read(vertx, request, files ? MAX_BYTES_WITH_FILES : MAX_BYTES, body -> answer(request, body));
    }

    private void answer(HttpServerRequest request, Buffer body) {
        IncomingCall incoming = IncomingCall.of(request, body);
        Optional<ApiCall> known = Optional.ofNullable(table.get(incoming.path()));
        ApiCall call = known.orElseGet(() -> ApiCall.notSimulated(incoming.path()));
        CallExecution execution = new CallExecution(platform, rids, call, incoming);
        known.ifPresent(counted -> counts.add(execution.accountName(), counted.path()));
        CallExchange exchange = new CallExchange(request, execution, vertx.getOrCreateContext(), time);
        Optional<ApiFault> fault = faults.take(call.path());
        fault.ifPresentOrElse(strikes -> strikes.strike(exchange), () -> exchange.send(exchange.run()));
    }

    private void add(ApiCall call) {
        if (table.put(call.path(), call) != null) {
            throw new IllegalArgumentException("two calls have the path " + call.path());
        }
    }

    /**
     * How often each call has been made since the start, faults and refusals included: by the name of the account and the path.
     * What cannot be told to belong to an account is counted under the empty name. Bounded by the table of calls. Any thread.
     */
    public static final class ApiCounts {
        private final Map<String, Map<String, Long>> byAccount = new TreeMap<>();

        /** How often an account has made a call. */
        public synchronized long of(String accountName, String path) {
            return byAccount.getOrDefault(accountName, Map.of()).getOrDefault(path, 0L);
        }

        /** How often anybody has made a call. */
        public synchronized long total(String path) {
            return byAccount.values().stream()
                    .mapToLong(paths -> paths.getOrDefault(path, 0L))
                    .sum();
        }

        /** All counts, by account and path. */
        public synchronized Map<String, Map<String, Long>> all() {
            Map<String, Map<String, Long>> copy = new TreeMap<>();
            byAccount.forEach((account, paths) -> copy.put(account, new TreeMap<>(paths)));
            return copy;
        }

        synchronized void add(String accountName, String path) {
            byAccount.computeIfAbsent(accountName, first -> new TreeMap<>()).merge(path, 1L, Long::sum);
        }
    }
}
