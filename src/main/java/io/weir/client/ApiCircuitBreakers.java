package io.weir.client;

import io.weir.client.WeChatClient.ApiPause;
import io.weir.client.WeChatException.Kind;
import io.weir.wechat.api.ErrorCode;
import io.weir.wechat.api.ErrorCode.ErrorPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The breakers: after a code that only the operator or time can mend, calls are not made, those of the account or those of
 * one API, as the code says. When the time is over, one call is let through; its answer tells whether all others may follow.
 *
 * <p>A token that cannot be fetched stops the fetching only: the one at hand is good until its end. One log line when calls
 * stop, one when they go on. Any thread; bounded.
 */
final class ApiCircuitBreakers {
    private static final Logger LOG = LoggerFactory.getLogger(ApiCircuitBreakers.class);
    private static final Set<String> FETCHING =
            Set.of(ApiPause.CREDENTIALS, "/cgi-bin/token", "/cgi-bin/stable_token", "/cgi-bin/ticket/getticket");

    private static final int MAX_STOPS = 1_000;
    /** A probe of which nothing was heard for so long is forgotten. */
    private static final Duration PROBE = Duration.ofMinutes(2);

    private static final Duration HEARSAY = Duration.ofSeconds(1);

    private final Map<Scope, State> states = new LinkedHashMap<>();
    private final Clock clock;

    ApiCircuitBreakers(Clock clock) {
        this.clock = clock;
    }

    /** Why the call must not be made now; empty where it may. Each that may is reported back, to one of the other methods. */
    synchronized Optional<WeChatException> refusal(String account, Call call) {
        Instant now = clock.instant();
        for (Scope scope : Scope.of(account, call)) {
            State state = states.get(scope);
            if (state != null && state.forbids(now)) {
                return Optional.of(state.refusal());
            }
        }
        for (Scope scope : Scope.of(account, call)) {
            states.computeIfPresent(scope, (each, state) -> state.probedAt(now));
        }
        return Optional.empty();
    }

    /** WeChat has taken the call. */
    synchronized void taken(String account, Call call) {
        for (Scope scope : Scope.of(account, call)) {
            State state = states.get(scope);
            if (state != null && state.isProbed()) {
                states.remove(scope);
                about(state.stop, LOG.atInfo()).log("WeChat takes the calls again");
            }
        }
    }

    /** The call has failed. */
    synchronized void failed(String account, Call call, WeChatException failure) {
        Instant now = clock.instant();
        Optional<ErrorCode> refused = failure.code().filter(code -> failure.kind() == Kind.REFUSED);
        Optional<Instant> until = refused.flatMap(code -> code.pauseUntil(now));
        if (until.isPresent()) {
            stop(Scope.stoppedBy(account, call, refused.get()), failure, refused.get(), until.get());
        } else if (refused.filter(ApiCircuitBreakers::isAboutThisCallOnly).isPresent()) {
            taken(account, call);
        }
        Scope.of(account, call).forEach(scope -> states.computeIfPresent(scope, (each, state) -> state.unprobed()));
    }

    /**
     * Another instance of the fleet has been refused the account's token. Ends a little before the time does: whether this
     * one may fetch then is not decided here.
     */
    synchronized void heard(String account, WeChatException refusal, Duration time) {
        Instant now = clock.instant();
        refusal.code()
                .filter(code -> code.pauseUntil(now).isPresent())
                .ifPresent(code -> stop(
                        new Scope(account, ApiPause.CREDENTIALS),
                        refusal,
                        code,
                        now.plus(time).minus(HEARSAY)));
    }

    /** The operator says that it is mended: calls of the account are made again. */
    synchronized void lift(String account) {
        lift(scope -> scope.account.equals(account));
    }

    /** The same for the fetching of the account's token alone: what is said of other calls still holds. */
    synchronized void liftFetching(String account) {
        lift(scope -> scope.account.equals(account) && FETCHING.contains(scope.calls));
    }

    private void lift(Predicate<Scope> lifted) {
        states.forEach((scope, state) -> {
            if (lifted.test(scope)) {
                about(state.stop, LOG.atInfo()).log("The calls are made again");
            }
        });
        states.keySet().removeIf(lifted);
    }

    /** What is stopped now, and what was until a moment ago and has not been tried since. */
    synchronized List<ApiPause> all() {
        Instant now = clock.instant();
        return states.values().stream()
                .map(State::stop)
                .filter(stop -> now.isBefore(stop.until().plus(PROBE)))
                .toList();
    }

    private void stop(Scope scope, WeChatException failure, ErrorCode code, Instant until) {
        State previous = states.get(scope);
        if (previous == null && !hasRoom()) {
            return;
        }
        boolean other = previous == null || previous.stop.code().code() != code.code();
        Instant since = previous == null || other ? clock.instant() : previous.stop.since();
        ApiPause stop = new ApiPause(scope.account, scope.calls, code, failure.errmsg(), failure.rid(), since, until);
        states.put(scope, new State(stop, failure, Instant.MIN));
        if (other) {
            about(stop, LOG.atWarn()).log("WeChat refuses the calls; they pause");
        }
    }

    /** Of what is long over, the next call will tell anew. */
    private boolean hasRoom() {
        if (states.size() >= MAX_STOPS) {
            List<ApiPause> lasting = all();
            states.values().removeIf(state -> !lasting.contains(state.stop));
        }
        return states.size() < MAX_STOPS;
    }

    private static boolean isAboutThisCallOnly(ErrorCode code) {
        return code.conduct() == ErrorPolicy.GIVE_UP || code.conduct() == ErrorPolicy.WRONG_REQUEST;
    }

    private static LoggingEventBuilder about(ApiPause stop, LoggingEventBuilder line) {
        return line.addKeyValue("account", stop.account())
                .addKeyValue("api", stop.calls())
                .addKeyValue("code", stop.code().code())
                .addKeyValue(
                        "meaning", stop.code().meaning() + " " + stop.code().chineseMeaning())
                .addKeyValue("remedy", stop.code().remedy() + " " + stop.code().chineseRemedy())
                .addKeyValue("error", stop.errmsg())
                .addKeyValue("rid", stop.rid().orElse(""))
                .addKeyValue("until", stop.until());
    }

    /** Which calls stop and go on together. */
    private record Scope(String account, String calls) {
        static List<Scope> of(String account, Call call) {
            return List.of(wide(account, call), new Scope(account, call.path()));
        }

        static Scope stoppedBy(String account, Call call, ErrorCode code) {
            return code.conduct() == ErrorPolicy.STOP ? wide(account, call) : new Scope(account, call.path());
        }

        private static Scope wide(String account, Call call) {
            return new Scope(account, call.manner().credential() ? ApiPause.CREDENTIALS : ApiPause.ALL_CALLS);
        }
    }

    /** @param probe since when one call is under way to see; {@link Instant#MIN} for none */
    private record State(ApiPause stop, WeChatException cause, Instant probe) {
        boolean forbids(Instant now) {
            return now.isBefore(stop.until()) || (isProbed() && now.isBefore(probe.plus(PROBE)));
        }

        boolean isProbed() {
            return !probe.equals(Instant.MIN);
        }

        State probedAt(Instant now) {
            return new State(stop, cause, now);
        }

        State unprobed() {
            return new State(stop, cause, Instant.MIN);
        }

        WeChatException refusal() {
            return WeChatException.stopped(
                    "not called until " + stop.until() + ", since WeChat said " + cause.getMessage() + ". "
                            + stop.code().meaning() + " " + stop.code().remedy(),
                    cause);
        }
    }
}
