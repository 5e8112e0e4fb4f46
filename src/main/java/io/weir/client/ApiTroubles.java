package io.weir.client;

import io.vertx.core.Vertx;
import io.weir.client.WeChatClient.ApiTrouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What lasts of the failures of calls, for {@code /health}. Any thread; bounded.
 *
 * <table>
 * <caption>When a trouble ends</caption>
 * <tr><th>trouble</th><th>ends when the last failure is so old</th><th>and since then</th></tr>
 * <tr><td>no connection, no answer, no answer of WeChat's</td><td>3 s</td><td>a call has come further, whichever</td></tr>
 * <tr><td>the same</td><td>15 s</td><td>the probe has come further, which is sent while one of these lasts</td></tr>
 * <tr><td>busy, of one API and account</td><td>3 s</td><td>such a call was answered otherwise</td></tr>
 * <tr><td>the same</td><td>2 min</td><td>nothing</td></tr>
 * </table>
 */
final class ApiTroubles {
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Duration QUIET_FOR_PROBE = Duration.ofSeconds(15);
    private static final Duration FORGOTTEN = Duration.ofMinutes(2);
    private static final int MOST = 1_000;

    private final Map<Scope, State> states = new LinkedHashMap<>();
    private final Clock clock;

    ApiTroubles(Clock clock) {
        this.clock = clock;
    }

    /** A call has ended. */
    synchronized void ended(String account, Call call, @Nullable WeChatException failure) {
        Instant now = clock.instant();
        Scope busy = new Scope(WeChatFault.BUSY, account, call.path());
        if (failure == null) {
            reached(Optional.empty(), busy, now, Duration.ZERO);
            return;
        }
        Optional<WeChatFault> fault = WeChatFault.of(failure);
        if (fault.isPresent() || WeChatFault.isAnswer(failure)) {
            reached(fault, busy, now, Duration.ZERO);
            fault.ifPresent(each -> add(Scope.of(each, account, call), failure, now));
        }
    }

    /** The probe has ended, which is no call of an account. */
    synchronized void probed(WeChatException failure) {
        Instant now = clock.instant();
        Optional<WeChatFault> fault = WeChatFault.of(failure).filter(each -> each != WeChatFault.BUSY);
        reached(fault, Scope.NONE, now, QUIET_FOR_PROBE);
        fault.ifPresent(each -> add(Scope.of(each), failure, now));
    }

    /** The probe has got what only a token should give: WeChat, or something like it, answers. */
    synchronized void answered() {
        reached(Optional.empty(), Scope.NONE, clock.instant(), QUIET_FOR_PROBE);
    }

    /** Whether something lasts that a probe can see the end of. */
    synchronized boolean isProbed() {
        forgetOver();
        return states.keySet().stream().anyMatch(Scope::isOfAll);
    }

    /** What lasts. */
    synchronized List<ApiTrouble> all() {
        forgetOver();
        return states.entrySet().stream()
                .map(each -> each.getKey().trouble(each.getValue()))
                .toList();
    }

    /** Something has come past all faults before that one, or past all. */
    private void reached(Optional<WeChatFault> fault, Scope busy, Instant now, Duration age) {
        states.forEach((scope, state) -> {
            boolean further = fault.isEmpty() || scope.fault.compareTo(fault.get()) < 0;
            boolean concerned = scope.isOfAll() || scope.equals(busy);
            if (further && concerned && !now.isBefore(state.last.plus(age))) {
                state.passed = true;
            }
        });
    }

    private void add(Scope scope, WeChatException failure, Instant now) {
        forgetOver();
        String error = String.valueOf(failure.getMessage());
        State state = states.get(scope);
        if (state != null) {
            state.last = now;
            state.error = error;
            state.passed = false;
        } else if (states.size() < MOST) {
            states.put(scope, new State(now, error));
        }
    }

    private void forgetOver() {
        Instant now = clock.instant();
        states.entrySet().removeIf(each -> each.getValue().isOver(each.getKey(), now));
    }

    /** @param account empty for what concerns all, as is {@code calls} */
    private record Scope(WeChatFault fault, String account, String calls) {
        static final Scope NONE = new Scope(WeChatFault.BUSY, "", "");

        static Scope of(WeChatFault fault) {
            return new Scope(fault, "", "");
        }

        static Scope of(WeChatFault fault, String account, Call call) {
            return fault == WeChatFault.BUSY ? new Scope(fault, account, call.path()) : of(fault);
        }

        boolean isOfAll() {
            return fault != WeChatFault.BUSY;
        }

        ApiTrouble trouble(State state) {
            return new ApiTrouble(fault, account, calls, state.since, state.error);
        }
    }

    private static final class State {
        private final Instant since;
        private Instant last;
        private String error;
        private boolean passed;

        State(Instant since, String error) {
            this.since = since;
            this.last = since;
            this.error = error;
        }

        boolean isOver(Scope scope, Instant now) {
            boolean quiet = passed && !now.isBefore(last.plus(QUIET));
            return quiet || (!scope.isOfAll() && !now.isBefore(last.plus(FORGOTTEN)));
        }
    }

    /** Asks WeChat, without a token, as long as a trouble lasts that would not end otherwise if nobody makes calls. */
    static final class Probe {
        private static final Duration PERIOD = Duration.ofSeconds(5);
        /** Belongs to no account: WeChat says that the token is missing. */
        private static final Call CALL = Call.get("/cgi-bin/getcallbackip");

        private final Vertx vertx;
        private final WeChatHttp http;
        private final ApiTroubles troubles;
        private final Duration limit;
        private boolean running;

        Probe(Vertx vertx, WeChatHttp http, ApiTroubles troubles, Duration limit) {
            this.vertx = vertx;
            this.http = http;
            this.troubles = troubles;
            this.limit = limit;
        }

        /** Starts it where it is needed and does not run. */
        synchronized void ensure() {
            if (!running && troubles.isProbed()) {
                running = true;
                later();
            }
        }

        private void later() {
            vertx.setTimer(PERIOD.toMillis(), id -> ask());
        }

        private synchronized void ask() {
            if (!troubles.isProbed()) {
                running = false;
                return;
            }
            http.send(CALL, Optional.empty(), limit)
                    .map(new ResponseParser(CALL, Optional.empty())::json)
                    .onComplete((answered, failure) -> {
                        if (failure instanceof WeChatException told) {
                            troubles.probed(told);
                        } else if (failure == null) {
                            troubles.answered();
                        }
                        later();
                    });
        }
    }
}
