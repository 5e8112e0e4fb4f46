package io.weir.console;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.weir.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who has logged in to the console of this instance: holders of the cookie {@value #COOKIE}, for as long as they come back
 * within {@link #IDLE}. Only digests of the cookies are kept, {@value #MAX} at most; the one that came back longest ago goes
 * first. Any thread.
 */
public final class Sessions {
    static final String COOKIE = "weir_session";
    static final Duration IDLE = Duration.ofHours(12);
    static final int MAX = 100;
    private static final int RANDOM_BYTES = 32;

    private final Map<String, Instant> lastSeen = new LinkedHashMap<>();
    private final Optional<Secret> token;
    private final Consumer<byte[]> random;
    private final Clock clock;

    /**
     * Nobody has logged in.
     *
     * @param token the admin token; where there is none, nobody needs to
     * @param random fills an array with bytes that nobody can guess
     */
    public Sessions(Optional<Secret> token, Consumer<byte[]> random, Clock clock) {
        this.token = token;
        this.random = random;
        this.clock = clock;
    }

    boolean areNeeded() {
        return token.isPresent();
    }

    /** Whether this is the admin token; takes constant time. */
    boolean admits(Secret given) {
        return token.filter(given::equals).isPresent();
    }

    /** Begins a session; its cookie's value. */
    synchronized String open() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.accept(bytes);
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        lastSeen.values().removeIf(this::isOver);
        while (lastSeen.size() >= MAX) {
            lastSeen.remove(lastSeen.keySet().iterator().next());
        }
        lastSeen.put(digest(value), clock.instant());
        return value;
    }

    /** Whether a request has the cookie of a session; the session then goes on. */
    synchronized boolean isOpen(MultiMap headers) {
        String session = cookie(headers).map(Sessions::digest).orElse("");
        Instant before = lastSeen.remove(session);
        if (before == null || isOver(before)) {
            return false;
        }
        lastSeen.put(session, clock.instant());
        return true;
    }

    /** Ends the session of a request, if it has one. */
    synchronized void close(MultiMap headers) {
        cookie(headers).map(Sessions::digest).ifPresent(lastSeen::remove);
    }

    synchronized int size() {
        return lastSeen.size();
    }

    private boolean isOver(Instant seen) {
        return !clock.instant().isBefore(seen.plus(IDLE));
    }

    private static Optional<String> cookie(MultiMap headers) {
        for (String header : headers.getAll(HttpHeaders.COOKIE)) {
            for (String pair : header.split(";", -1)) {
                String cookie = pair.strip();
                if (cookie.startsWith(COOKIE + "=")) {
                    return Optional.of(cookie.substring(COOKIE.length() + 1));
                }
            }
        }
        return Optional.empty();
    }

    private static String digest(String value) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }
}
