package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.PlatformAccount.Kept;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The access_tokens of an account (token-and-server-api.md §1–2): the classic ones, of which a new one ends the previous five
 * minutes later, and the stable ones, which are the same for all who ask. Neither kind touches the other.
 *
 * <p>A stable token is renewed five minutes before its end, or at half of its life where that is shortened to less than
 * ten; the old one lives on to its end. A forced refresh within 30 seconds of another gives the current token and does
 * not count (the reference's uncertain reading).
 */
public final class Tokens implements Kept {
    private static final Duration LIFE = Duration.ofHours(2);
    private static final Duration OVERLAP = Duration.ofMinutes(5);
    private static final Duration BETWEEN_FORCED = Duration.ofSeconds(30);
    private static final int BYTES = 102;
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{136}");

    private final TokenLine classic = new TokenLine();
    private final TokenLine stable = new TokenLine();
    private final Clock clock;
    private final RandomText random;
    private final Quotas quotas;
    private Instant lastForced = Instant.EPOCH;
    private Duration life = LIFE;
    private boolean secretFrozen;

    Tokens(Clock clock, RandomGenerator random, Quotas quotas) {
        this.clock = clock;
        this.random = new RandomText(random);
        this.quotas = quotas;
    }

    /** A new token, as cgi-bin/token gives it. */
    public IssuedToken fetch() {
        Instant now = clock.instant();
        classic.revokeAll(now.plus(OVERLAP));
        return issue(classic, now);
    }

    /** The current token, as stable_token gives it; 45009 when the day's forced refreshes are used up. */
    public IssuedToken fetchStable(boolean forceRefresh) {
        Instant now = clock.instant();
        boolean tooEarly = now.isBefore(lastForced.plus(BETWEEN_FORCED));
        if (!forceRefresh || tooEarly) {
            return stable.newest(now)
                    .filter(token -> now.isBefore(token.end().minus(renewal())))
                    .map(token -> IssuedToken.at(now, token.value(), token.end()))
                    .orElseGet(() -> issue(stable, now));
        }
        quotas.spend(Quotas.FORCED_REFRESH);
        lastForced = now;
        stable.revokeAll(now);
        return issue(stable, now);
    }

    /** Whether this account's it is, valid or not. */
    public boolean issued(String value) {
        return find(value).isPresent();
    }

    /** Why a call with this token is refused: 41001, 40014, 40001 or 42001; empty when it is not. */
    public Optional<Refused> problem(String value) {
        return malformed(value)
                .or(() -> find(value)
                        .map(token -> token.problem(clock.instant()))
                        .orElseGet(() -> Optional.of(Token.notTheLatest())));
    }

    /** What can be said of a token without knowing the account: 41001 when there is none, 40014 when it cannot be one. */
    public static Optional<Refused> malformed(String value) {
        if (value.isEmpty()) {
            return Optional.of(new Refused(41001, "access_token missing"));
        }
        return SHAPE.matcher(value).matches()
                ? Optional.empty()
                : Optional.of(new Refused(40014, "invalid access_token"));
    }

    /** Ends all tokens of both kinds at once, as a reset does: 40001 from now on. */
    public void invalidate() {
        classic.revokeAll(clock.instant());
        stable.revokeAll(clock.instant());
    }

    /** How long a token lives that is given out from now on; 7200 s unless a test shortens it. */
    public void life(Duration changed) {
        life = changed;
    }

    /** Whether the AppSecret is frozen: no new token (40243), the old ones go on. */
    public boolean secretFrozen() {
        return secretFrozen;
    }

    /** Freezes the AppSecret as WeChat's console does, or thaws it. */
    public void freezeSecret(boolean frozen) {
        secretFrozen = frozen;
    }

    /** What there is, without a value: how many of each kind are valid. */
    public ObjectNode describe() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("classicValid", classic.valid(clock.instant()))
                .put("stableValid", stable.valid(clock.instant()))
                .put("secretFrozen", secretFrozen);
    }

    private Optional<Token> find(String value) {
        return classic.find(value).or(() -> stable.find(value));
    }

    private IssuedToken issue(TokenLine line, Instant now) {
        Instant end = now.plus(life);
        Token token = line.add(new Token(random.ofBytes(BYTES), end, end));
        return IssuedToken.at(now, token.value(), end);
    }

    private Duration renewal() {
        Duration half = life.dividedBy(2);
        return half.compareTo(OVERLAP) < 0 ? half : OVERLAP;
    }

    @Override
    public ObjectNode save() {
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        saved.set("classic", classic.save());
        saved.set("stable", stable.save());
        return saved.put("lastForced", lastForced.toString()).put("secretFrozen", secretFrozen);
    }

    @Override
    public void load(ObjectNode saved) {
        classic.load(saved.path("classic"));
        stable.load(saved.path("stable"));
        lastForced = Instant.parse(saved.path("lastForced").asText());
        secretFrozen = saved.path("secretFrozen").asBoolean();
    }

    /**
     * An access_token that was given out. Never shows its value.
     *
     * @param end when its life ends by itself (42001 from then on)
     * @param refusedFrom {@code end}, or earlier when another token has taken its place (40001 from then on)
     */
    record Token(String value, Instant end, Instant refusedFrom) {
        /** The same, refused from an instant on, if not from an earlier one already. */
        Token revoked(Instant from) {
            return from.isBefore(refusedFrom) ? new Token(value, end, from) : this;
        }

        boolean isValid(Instant now) {
            return now.isBefore(refusedFrom);
        }

        Optional<Refused> problem(Instant now) {
            if (isValid(now)) {
                return Optional.empty();
            }
            return Optional.of(refusedFrom.isBefore(end) ? notTheLatest() : new Refused(42001, "access_token expired"));
        }

        /** Also the answer to a token that nobody has given out. */
        static Refused notTheLatest() {
            return new Refused(40001, "invalid credential, access_token is invalid or not latest");
        }

        @Override
        public String toString() {
            return "Token[***, end=" + end + ", refusedFrom=" + refusedFrom + "]";
        }
    }

    /**
     * The tokens of one kind, the newest last. It remembers {@value #REMEMBERED} of them; what is older is refused as one that
     * was never given out is (40001).
     */
    static final class TokenLine {
        private static final int REMEMBERED = 500;

        private final Map<String, Token> byValue = new LinkedHashMap<>();
        private @Nullable String newest;

        /** The one given out last, while it is valid. */
        Optional<Token> newest(Instant now) {
            return Optional.ofNullable(newest).map(byValue::get).filter(token -> token.isValid(now));
        }

        Optional<Token> find(String value) {
            return Optional.ofNullable(byValue.get(value));
        }

        Token add(Token token) {
            if (byValue.size() >= REMEMBERED) {
                byValue.remove(byValue.keySet().iterator().next());
            }
            byValue.put(token.value(), token);
            newest = token.value();
            return token;
        }

        /** Refuses all that are there from an instant on. */
        void revokeAll(Instant from) {
            byValue.replaceAll((value, token) -> token.revoked(from));
        }

        long valid(Instant now) {
            return byValue.values().stream().filter(token -> token.isValid(now)).count();
        }

        ArrayNode save() {
            ArrayNode saved = JsonNodeFactory.instance.arrayNode();
            byValue.values().forEach(token -> saved.add(SavedRecords.write(token)));
            return saved;
        }

        void load(JsonNode saved) {
            byValue.clear();
            saved.forEach(token -> add(SavedRecords.read(token, Token.class)));
        }
    }

    /**
     * What a caller gets who asks for a token or ticket. Never shows its value.
     *
     * @param expiresIn what is left of its life, in seconds
     */
    public record IssuedToken(String value, long expiresIn) {
        static IssuedToken at(Instant now, String value, Instant end) {
            return new IssuedToken(value, Math.max(1, Duration.between(now, end).toSeconds()));
        }

        @Override
        public String toString() {
            return "IssuedToken[***, " + expiresIn + " s]";
        }
    }

    /** Text that nobody guesses, of letters, digits, {@code -} and {@code _}. */
    static final class RandomText {
        private final RandomGenerator random;

        RandomText(RandomGenerator random) {
            this.random = random;
        }

        /** Four characters for each three bytes. */
        String ofBytes(int count) {
            byte[] bytes = new byte[count];
            random.nextBytes(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
    }
}
