package io.weir.wechat.codec;

import io.weir.wechat.codec.PushCodec.Now;
import io.weir.wechat.codec.Refusal.Cause;
import io.weir.wechat.crypto.CryptoException.Step;
import io.weir.wechat.crypto.MessageCrypto;
import io.weir.wechat.xml.XmlElement;
import io.weir.wechat.xml.XmlException;
import io.weir.wechat.xml.XmlReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link PushCodec} finds when it checks a stored request once more: how each check ends, and what was read on the way.
 * It is the codec that checks; only what it cannot know again, the time and the other pushes, is taken from the record. Tells
 * rules and which of them was broken, never what would have been right. For one thread.
 */
public final class PushExplanation {
    private static final Duration NEVER = Duration.ofSeconds(-1);
    private static final Duration ALWAYS = ChronoUnit.FOREVER.getDuration();

    /** Its steps, in their order. */
    private static final List<Cause> DECRYPTION =
            Arrays.stream(Step.values()).map(step -> Cause.valueOf(step.name())).toList();

    /** What the checks of a verification can find, which are those of a push that need no body. */
    private static final Set<Cause> VERIFICATION =
            EnumSet.of(Cause.ADDRESS, Cause.QUERY, Cause.TIMESTAMP, Cause.SIGNATURE, Cause.WECOM, Cause.REPLAY);

    /** What need not be checked, or cannot fail alone: told only where it failed. */
    private static final Set<Cause> FAILURES = EnumSet.of(Cause.ADDRESS, Cause.JSON, Cause.COMPONENT, Cause.WECOM);

    private final Map<Cause, Boolean> results = new EnumMap<>(Cause.class);
    private final Optional<Refusal> refusal;
    private @Nullable XmlElement outer;
    private @Nullable XmlElement inner;
    private byte @Nullable [] decrypted;

    private PushExplanation(Optional<Refusal> refusal) {
        this.refusal = refusal;
    }

    /**
     * One check.
     *
     * @param ok whether the request passed it; empty where it was not reached, or there was nothing to check
     * @param rule what it demands, or how it was broken
     */
    public record Check(Cause cause, Optional<Boolean> ok, String rule) {}

    /**
     * Checks a request again.
     *
     * @param account what it was checked against when it came
     * @param query the part of the URL behind the question mark
     * @param body the bytes as received; empty for the verification of a URL and where they had not been read
     * @param refusal why it was refused, if it was
     */
    public static PushExplanation of(Credentials account, String query, byte[] body, Optional<Refusal> refusal) {
        PushExplanation explanation = new PushExplanation(refusal);
        boolean late =
                refusal.filter(each -> each.refusalCause() == Cause.TIMESTAMP).isPresent();
        PushCodec codec = new PushCodec(new MessageCrypto(unused -> {}), late ? NEVER : ALWAYS, explanation);
        boolean verification = body.length == 0
                && refusal.map(each -> VERIFICATION.contains(each.refusalCause()))
                        .orElse(true);
        try {
            PushQuery parsed = PushQuery.parse(query);
            explanation.passed(Cause.QUERY);
            Now now = Now.of(Instant.EPOCH);
            if (verification) {
                codec.verifyUrl(account, parsed, now);
            } else {
                codec.read(codec.check(account, parsed, now), body);
                explanation.passed(Cause.REPLAY);
            }
            refusal.ifPresent(explanation::failed);
        } catch (Refusal again) {
            explanation.failed(refusal.orElse(again));
        }
        if (explanation.outer == null) {
            explanation.outer = read(body);
        }
        return explanation;
    }

    /** The codec's call: a check has been passed. */
    void passed(Cause cause) {
        results.put(cause, true);
    }

    /** The codec's call: the body is XML, or what was encrypted in it. */
    void parsed(XmlElement root) {
        passed(Cause.XML);
        if (decrypted == null) {
            outer = root;
        } else {
            inner = root;
        }
    }

    /** The codec's call: what was encrypted could be read. */
    void decrypted(byte[] message) {
        decrypted = message;
        DECRYPTION.forEach(this::passed);
    }

    private void failed(Refusal broken) {
        int step = DECRYPTION.indexOf(broken.refusalCause());
        DECRYPTION.subList(0, Math.max(0, step)).forEach(this::passed);
        results.put(broken.refusalCause(), false);
    }

    private static @Nullable XmlElement read(byte[] body) {
        try {
            return body.length == 0 ? null : XmlReader.read(body).root();
        } catch (XmlException e) {
            return null;
        }
    }

    /** All checks, in the order of {@link Cause}; that of the address and of other products only where they failed. */
    public List<Check> checks() {
        return Arrays.stream(Cause.values())
                .filter(cause -> !FAILURES.contains(cause) || results.containsKey(cause))
                .map(this::check)
                .toList();
    }

    private Check check(Cause cause) {
        Optional<Boolean> ok = Optional.ofNullable(results.get(cause));
        Optional<String> broken = ok.filter(passed -> !passed).flatMap(failed -> refusal.map(Refusal::getMessage));
        return new Check(cause, ok, broken.orElse(cause.rule()));
    }

    /** The body's root, also where no check came so far; empty where the body is not XML. */
    public Optional<XmlElement> outer() {
        return Optional.ofNullable(outer);
    }

    /** What was encrypted, as it came; empty where nothing was, or it was refused before it was decrypted. */
    public Optional<String> decrypted() {
        return Optional.ofNullable(decrypted).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** The root of what was encrypted; empty where that is not XML. */
    public Optional<XmlElement> inner() {
        return Optional.ofNullable(inner);
    }

    /** What the push was read from; empty where it was not read. */
    public Optional<XmlElement> push() {
        return decrypted == null ? outer() : inner();
    }
}
