package io.weir.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.dispatch.Outcome.Kind;
import io.weir.http.api.ApiFields;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.Right;
import io.weir.journal.RecentStream.Line;
import io.weir.wechat.codec.OpenedPush;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which requests somebody wants to see.
 *
 * @param openId the whole one, a part of it, one as it is masked, or what stands for a person in an address
 * @param text a part of any value that the caller may see: what was said, an EventKey, a MsgId
 * @param push the identity of one, as log lines have it
 * @param at within a minute of it
 * @param instance of a fleet
 * @param mayReveal whether the caller may see what is masked: others cannot find it out by looking for it
 */
record PushFilter(
        Optional<String> account,
        Optional<String> type,
        Optional<Kind> outcome,
        Optional<String> openId,
        Optional<String> text,
        Optional<String> push,
        Optional<Instant> at,
        Optional<String> instance,
        boolean mayReveal) {
    static final String ACCOUNT = "account";
    static final String TYPE = "type";
    static final String OUTCOME = "outcome";
    static final String OPEN_ID = "openid";
    static final String TEXT = "text";
    static final String PUSH = "pushId";
    static final String AT = "at";
    static final String INSTANCE = "instance";

    private static final Map<String, Optional<Kind>> OUTCOMES = Arrays.stream(Kind.values())
            .collect(Collectors.toMap(Kind::label, Optional::of, (one, other) -> one, LinkedHashMap::new));
    /** Of an OpenID; a shorter one would be found in most. */
    private static final int LEAST_PART = 3;

    private static final Duration NEAR = Duration.ofSeconds(60);
    /** WeChat's alarm mails tell the time in China. */
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

    private static final Map<Integer, Function<String, Instant>> TIMES = Map.of(
            10, seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)),
            14, digits -> inChina(digits, "uuuuMMddHHmmss"),
            19, text -> inChina(text.replace('T', ' '), "uuuu-MM-dd HH:mm:ss"));

    /** The parameters of a query. */
    static PushFilter of(ApiRequest request, ApiFields fields) {
        boolean mayReveal =
                request.rights().map(rights -> rights.contains(Right.REVEAL)).orElse(true);
        return new PushFilter(
                given(fields, ACCOUNT),
                given(fields, TYPE),
                given(fields, OUTCOME).isEmpty() ? Optional.empty() : fields.oneOf(OUTCOME, OUTCOMES, Optional.empty()),
                given(fields, OPEN_ID),
                given(fields, TEXT).map(text -> text.toLowerCase(Locale.ROOT)),
                given(fields, PUSH),
                given(fields, AT).map(text -> time(AT, text)),
                given(fields, INSTANCE),
                mayReveal);
    }

    static PushFilter of(ApiRequest request) {
        return of(request, request.parameters(ACCOUNT, TYPE, OUTCOME, OPEN_ID, TEXT, PUSH, AT));
    }

    /** Of the pushes of a fleet. */
    static PushFilter ofFleet(ApiRequest request) {
        return of(request, request.parameters(ACCOUNT, TYPE, OUTCOME, OPEN_ID, TEXT, PUSH, AT, INSTANCE));
    }

    /** What a form sends empty is not asked for. */
    private static Optional<String> given(ApiFields fields, String name) {
        return fields.text(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A time as WeChat's mails have it, or in seconds since 1970. */
    static Instant time(String name, String text) {
        try {
            return Optional.ofNullable(TIMES.get(text.length()))
                    .map(read -> read.apply(text))
                    .orElseThrow(() -> unreadable(name, text));
        } catch (DateTimeException | NumberFormatException e) {
            throw unreadable(name, text);
        }
    }

    private static Instant inChina(String text, String pattern) {
        return LocalDateTime.parse(text, DateTimeFormatter.ofPattern(pattern)).toInstant(CHINA);
    }

    private static ApiProblem unreadable(String name, String text) {
        String found = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return ApiProblem.badRequest(
                "\"" + name + "\" has to be a time in China as in 2026-11-20 15:04:05 or 20261120150405,"
                        + " or seconds since 1970 as in 1763650000; it is \"" + found + "\".");
    }

    boolean matches(JournalEntry entry) {
        return account.filter(name -> !name.equals(entry.request().account().account()))
                        .isEmpty()
                && outcome.filter(kind -> !kind.label().equals(entry.kind().label()))
                        .isEmpty()
                && type.filter(name -> !name.equalsIgnoreCase(PushSummary.type(entry)))
                        .isEmpty()
                && at.filter(time -> Duration.between(time, entry.at()).abs().compareTo(NEAR) > 0)
                        .isEmpty()
                && push.filter(id -> entry.pushId()
                                .filter(of -> of.text().equals(id))
                                .isEmpty())
                        .isEmpty()
                && openId.filter(id -> !isOf(entry, id)).isEmpty()
                && text.filter(part -> !mentions(entry, part)).isEmpty();
    }

    /** The same for a line that another instance has written. */
    boolean matches(Line line) {
        ObjectNode said = line.summary();
        return account.filter(name -> !is(said, ACCOUNT, name)).isEmpty()
                && outcome.filter(kind -> !is(said, OUTCOME, kind.label())).isEmpty()
                && type.filter(name -> !name.equalsIgnoreCase(said.path(TYPE).asText()))
                        .isEmpty()
                && at.filter(time -> !isNear(time, line.at())).isEmpty()
                && push.filter(id -> !is(said, PUSH, id)).isEmpty()
                && isOf(line.instance())
                && openId.filter(id -> !isOf(line, id)).isEmpty()
                && text.filter(part -> !said.path("key")
                                .asText()
                                .toLowerCase(Locale.ROOT)
                                .contains(part))
                        .isEmpty();
    }

    /** Of an OpenID that another instance has told of only its digest is known, and what the mask shows. */
    private static boolean isOf(Line line, String id) {
        return RecentStream.digest(line.appId(), id).equals(line.sender())
                || (RecentStream.isDigest(id) && id.equals(line.sender()))
                || isPartOf(line.summary().path(OPEN_ID).asText(), id);
    }

    private static boolean isPartOf(String openId, String part) {
        return part.length() >= LEAST_PART && openId.contains(part);
    }

    /** Whether pushes of an instance are wanted. */
    boolean isOf(String name) {
        return instance.filter(wanted -> !wanted.equals(name)).isEmpty();
    }

    private static boolean is(ObjectNode said, String name, String wanted) {
        return said.path(name).asText().equals(wanted);
    }

    private static boolean isNear(Instant time, String at) {
        try {
            return Duration.between(time, Instant.parse(at)).abs().compareTo(NEAR) <= 0;
        } catch (DateTimeException unreadable) {
            return false;
        }
    }

    private boolean isOf(JournalEntry entry, String id) {
        String appId = entry.request().account().appId();
        return entry.received()
                .map(OpenedPush::push)
                .filter(push -> push.fromUserName().equals(id)
                        || (RecentStream.isDigest(id)
                                && RecentStream.digest(appId, push.openId()).equals(id))
                        || push.openId().equals(id)
                        || isPartOf(PersonalDataMasks.openId(push.openId()), id)
                        || (mayReveal && isPartOf(push.openId(), id)))
                .isPresent();
    }

    private boolean mentions(JournalEntry entry, String part) {
        return entry.received()
                .filter(received ->
                        new XmlView(mayReveal).mentions(received.xml().root(), part))
                .isPresent();
    }
}
