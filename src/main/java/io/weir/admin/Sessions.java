package io.weir.admin;

import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.weir.config.Secret;
import io.weir.http.api.ApiRequest;
import io.weir.retry.Backoff;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has logged in to the console of this instance: holders of the cookie {@value #COOKIE}, for as long as they come back
 * within {@link #IDLE}, {@link #LIFE} at most. Only digests of the cookies are kept, {@value #MAX} at most; the one that came back longest ago goes
 * first. Any thread.
 */
public final class Sessions {
    public static final String COOKIE = "weir_session";
    public static final Duration IDLE = Duration.ofHours(12);
    static final int MAX = 100;
    /** However often its holder comes back. */
    static final Duration LIFE = Duration.ofDays(7);

    private static final int RANDOM_BYTES = 32;
    /** What may be done where no token is set. */
    private static final AdminToken NOBODYS =
            AdminToken.ofOperator(Secret.of("")).named("local");

    private record Session(AdminToken token, Instant begun, Instant seen) {}

    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final WrongTokens wrongTokens;
    private final List<AdminToken> tokens;
    private final Consumer<byte[]> random;
    private final Clock clock;

    /**
     * Nobody has logged in.
     *
     * @param config has the tokens that one may log in with; where there is none, nobody needs to
     * @param random fills an array with bytes that nobody can guess
     */
    public Sessions(AdminConfig config, Consumer<byte[]> random, Clock clock) {
        this.tokens = config.everyToken();
        this.random = random;
        this.clock = clock;
        this.wrongTokens = new WrongTokens(clock);
    }

    WrongTokens wrongTokens() {
        return wrongTokens;
    }

    boolean areNeeded() {
        return !tokens.isEmpty();
    }

    /** Whether an operator's request may go on being answered: its session, where one is needed, has not ended since. */
    public boolean mayGoOn(ApiRequest request) {
        return !areNeeded() || request.bearer() || isStillOpen(request.headers());
    }

    /** Whose token this is; empty for one that nobody has. Takes constant time: all of them are compared. */
    Optional<AdminToken> token(Secret given) {
        return tokens.stream().filter(token -> token.secret().equals(given)).toList().stream()
                .findFirst();
    }

    /** Who asks: by a token that was sent, else by the session; where no token is set, everybody is the operator. */
    Optional<AdminToken> caller(MultiMap headers) {
        return areNeeded()
                ? AdminGuard.bearer(headers).flatMap(this::token).or(() -> ofRequest(headers))
                : Optional.of(NOBODYS);
    }

    /** Begins a session of whoever has this token: its cookie's value; empty where nobody has it. */
    public Optional<String> open(Secret given) {
        return token(given).map(this::open);
    }

    private synchronized String open(AdminToken token) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.accept(bytes);
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        sessions.values().removeIf(this::isOver);
        while (sessions.size() >= MAX) {
            sessions.remove(sessions.keySet().iterator().next());
        }
        sessions.put(digest(value), new Session(token, clock.instant(), clock.instant()));
        return value;
    }

    /** Whose session it is that a request has the cookie of; the session then goes on. */
    synchronized Optional<AdminToken> ofRequest(MultiMap headers) {
        return openOne(headers).map(digest -> {
            Session before = Objects.requireNonNull(sessions.remove(digest));
            sessions.put(digest, new Session(before.token, before.begun, clock.instant()));
            return before.token;
        });
    }

    /** The same, but that the session does not go on by it. */
    synchronized boolean isStillOpen(MultiMap headers) {
        return openOne(headers).isPresent();
    }

    private Optional<String> openOne(MultiMap headers) {
        return cookies(headers).stream()
                .filter(digest -> {
                    Session session = sessions.get(digest);
                    return session != null && !isOver(session);
                })
                .findFirst();
    }

    /** Ends the session of a request, if it has one. */
    public synchronized void close(MultiMap headers) {
        cookies(headers).forEach(sessions::remove);
    }

    synchronized int size() {
        return sessions.size();
    }

    private boolean isOver(Session session) {
        Instant now = clock.instant();
        return !now.isBefore(session.seen.plus(IDLE)) || !now.isBefore(session.begun.plus(LIFE));
    }

    /** Digests: a page of another port of this host may have set a cookie of the same name. */
    private static List<String> cookies(MultiMap headers) {
        List<String> digests = new ArrayList<>();
        for (String header : headers.getAll(HttpHeaders.COOKIE)) {
            for (String pair : header.split(";", -1)) {
                String cookie = pair.strip();
                if (cookie.startsWith(COOKIE + "=")) {
                    digests.add(digest(cookie.substring(COOKIE.length() + 1)));
                }
            }
        }
        return digests;
    }

    private static String digest(String value) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }

    /**
     * Tells that somebody tries tokens that are none: counted each time, logged once a minute. Whoever goes on trying waits for each
     * answer, the longer the more there were of the same network; whoever has a token never waits. Any thread.
     */
    static final class WrongTokens {
        private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
        private static final Duration PAUSE = Duration.ofMinutes(1);
        /** For slips, and for a program whose token has been changed. */
        private static final int FREE = 10;

        private static final Backoff WAIT = Backoff.doubling(Duration.ofMillis(500), Duration.ofSeconds(4));
        private static final Duration REMEMBERED = Duration.ofMinutes(10);
        private static final int MAX_NETWORKS = 1_000;
        /** A host of IPv6 has as many addresses as it likes within the network's first bytes. */
        private static final int NETWORK_BYTES = 8;

        private record Guesses(int count, Instant last) {}

        /** The one that guessed longest ago first. */
        private final Map<String, Guesses> networks = new LinkedHashMap<>();

        private final Clock clock;
        private Instant next = Instant.MIN;
        private long count;

        WrongTokens(Clock clock) {
            this.clock = clock;
        }

        /** One more, from this address; how long its answer waits. */
        synchronized Duration note(String peer) {
            count++;
            Instant now = clock.instant();
            if (!now.isBefore(next)) {
                next = now.plus(PAUSE);
                LOG.atWarn()
                        .addKeyValue("peer", peer)
                        .addKeyValue("sinceStart", count)
                        .log("a request to the admin port had a token that is not in the configuration");
            }
            return pause(network(peer), now);
        }

        private Duration pause(String network, Instant now) {
            Guesses before = networks.remove(network);
            int guesses = before != null && now.isBefore(before.last.plus(REMEMBERED)) ? before.count + 1 : 1;
            while (networks.size() >= MAX_NETWORKS) {
                networks.remove(networks.keySet().iterator().next());
            }
            networks.put(network, new Guesses(guesses, now));
            return guesses <= FREE ? Duration.ZERO : WAIT.after(guesses - FREE, 1);
        }

        private static String network(String peer) {
            byte[] bytes = peer.contains(":") ? NetUtil.createByteArrayFromIpAddressString(peer) : null;
            return bytes == null ? peer : HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES);
        }

        synchronized int networks() {
            return networks.size();
        }

        synchronized long count() {
            return count;
        }
    }
}
