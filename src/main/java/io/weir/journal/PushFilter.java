package io.weir.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.dispatch.Outcome.Kind;
import io.weir.http.api.ApiFields;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRequest;
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
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which requests somebody wants to see.
 *
 * @param openId the whole one
 * @param push the identity of one, as log lines have it
 * @param at within a minute of it
 * @param instance of a fleet
 */
record PushFilter(
        Optional<String> account,
        Optional<String> type,
        Optional<Kind> outcome,
        Optional<String> openId,
        Optional<String> push,
        Optional<Instant> at,
        Optional<String> instance) {
    static final String ACCOUNT = "account";
    static final String TYPE = "type";
    static final String OUTCOME = "outcome";
    static final String OPEN_ID = "openid";
    static final String PUSH = "pushId";
    static final String AT = "at";
    static final String INSTANCE = "instance";

    private static final Map<String, Optional<Kind>> OUTCOMES = Arrays.stream(Kind.values())
            .collect(Collectors.toMap(Kind::label, Optional::of, (one, other) -> one, LinkedHashMap::new));
    private static final Duration NEAR = Duration.ofSeconds(60);
    /** WeChat's alarm mails tell the time in China. */
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

    private static final Map<Integer, Function<String, Instant>> TIMES = Map.of(
            10, seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)),
            14, digits -> inChina(digits, "uuuuMMddHHmmss"),
            19, text -> inChina(text.replace('T', ' '), "uuuu-MM-dd HH:mm:ss"));

    /** The parameters of a query; these and {@code others} are known. */
    static PushFilter of(ApiFields fields) {
        return new PushFilter(
                given(fields, ACCOUNT),
                given(fields, TYPE),
                given(fields, OUTCOME).isEmpty() ? Optional.empty() : fields.oneOf(OUTCOME, OUTCOMES, Optional.empty()),
                given(fields, OPEN_ID),
                given(fields, PUSH),
                given(fields, AT).map(text -> time(AT, text)),
                given(fields, INSTANCE));
    }

    static PushFilter of(ApiRequest request) {
        return of(request.parameters(ACCOUNT, TYPE, OUTCOME, OPEN_ID, PUSH, AT));
    }

    /** Of the pushes of a fleet. */
    static PushFilter ofFleet(ApiRequest request) {
        return of(request.parameters(ACCOUNT, TYPE, OUTCOME, OPEN_ID, PUSH, AT, INSTANCE));
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
                && type.filter(name -> !name.equals(PushSummary.type(entry))).isEmpty()
                && at.filter(time -> Duration.between(time, entry.at()).abs().compareTo(NEAR) > 0)
                        .isEmpty()
                && push.filter(id -> entry.pushId()
                                .filter(of -> of.text().equals(id))
                                .isEmpty())
                        .isEmpty()
                && openId.filter(id -> !isOf(entry, id)).isEmpty();
    }

    /** The same for a line that another instance has written. */
    boolean matches(Line line) {
        ObjectNode said = line.summary();
        return account.filter(name -> !is(said, ACCOUNT, name)).isEmpty()
                && outcome.filter(kind -> !is(said, OUTCOME, kind.label())).isEmpty()
                && type.filter(name -> !is(said, TYPE, name)).isEmpty()
                && at.filter(time -> !isNear(time, line.at())).isEmpty()
                && push.filter(id -> !is(said, PUSH, id)).isEmpty()
                && isOf(line.instance())
                && openId.map(id -> RecentStream.digest(line.appId(), id))
                        .filter(sender -> !sender.equals(line.sender()))
                        .isEmpty();
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

    private static boolean isOf(JournalEntry entry, String id) {
        return entry.received()
                .map(OpenedPush::push)
                .filter(push -> push.fromUserName().equals(id) || push.openId().equals(id))
                .isPresent();
    }
}
