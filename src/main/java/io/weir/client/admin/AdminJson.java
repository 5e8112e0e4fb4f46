package io.weir.client.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.Json;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.SharedCredentials.CredentialState;
import io.weir.client.SharedCredentials.CredentialState.Source;
import io.weir.client.WeChatException;
import io.weir.client.WeChatException.Explanation;
import io.weir.config.Secret;
import io.weir.wechat.api.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The names that the admin API has for credentials and problems, all in this one place. Read leniently: what is missing or
 * unknown is absent.
 */
public final class AdminJson {
    private static final Map<CredentialKind, String> KINDS =
            Map.of(CredentialKind.ACCESS_TOKEN, "accessToken", CredentialKind.JSAPI_TICKET, "jsapiTicket");
    private static final String ACCOUNT = "account";
    private static final String VALUE = "access_token";
    private static final String REFUSED = "token";
    private static final String FORCE = "force";
    private static final String SOURCE = "source";
    private static final String AGE = "ageSeconds";
    private static final String LIFE = "expiresInSeconds";
    private static final String NEXT_RENEWAL = "nextRenewalSeconds";
    private static final String FETCHES_TODAY = "fetchesToday";
    private static final String PAUSED = "pausedSeconds";
    private static final String STOPPED = "stopped";
    private static final String STORE_AWAY = "storeAway";
    private static final String LAST_ERROR = "lastError";
    private static final String KIND = "kind";
    private static final String MESSAGE = "message";
    private static final String ERRCODE = "errcode";
    private static final String ERRMSG = "errmsg";
    private static final String RID = "rid";
    private static final String MEANING = "meaning";
    private static final String REMEDY = "remedy";
    private static final String MEANING_ZH = "meaningZh";
    private static final String REMEDY_ZH = "remedyZh";
    private static final String TITLE = "title";
    private static final String DETAIL = "detail";

    private AdminJson() {}

    static ObjectNode refresh(boolean force) {
        return Json.object().put(FORCE, force);
    }

    static ObjectNode refused(Secret token) {
        return Json.object().put(REFUSED, token.reveal());
    }

    static Optional<Secret> accessToken(JsonNode answer) {
        return text(answer, VALUE).map(Secret::of);
    }

    /** Empty where the answer is not about credentials. */
    static Optional<List<CredentialState>> states(JsonNode answer) {
        if (!answer.has(ACCOUNT)) {
            return Optional.empty();
        }
        List<CredentialState> states = new ArrayList<>();
        for (CredentialKind kind : CredentialKind.values()) {
            JsonNode state = answer.path(KINDS.get(kind));
            if (state.isObject()) {
                states.add(state(kind, state));
            }
        }
        return Optional.of(states);
    }

    private static CredentialState state(CredentialKind kind, JsonNode json) {
        return new CredentialState(
                kind,
                constant(Source.class, json, SOURCE),
                seconds(json, AGE),
                seconds(json, LIFE),
                seconds(json, NEXT_RENEWAL),
                json.path(FETCHES_TODAY).asInt(),
                failure(json.path(LAST_ERROR)),
                seconds(json, PAUSED),
                json.path(STOPPED).asBoolean(),
                json.path(STORE_AWAY).asBoolean());
    }

    /** What went wrong with WeChat, where the object tells of that. */
    static Optional<WeChatException> failure(JsonNode json) {
        String message = text(json, MESSAGE).or(() -> text(json, DETAIL)).orElse("");
        Optional<WeChatException.Kind> kind = constant(WeChatException.Kind.class, json, KIND);
        if (!json.path(ERRCODE).canConvertToInt()) {
            return kind.map(each -> explanation(json)
                    .map(explanation -> WeChatException.of(each, message, explanation))
                    .orElseGet(() -> WeChatException.of(each, message)));
        }
        WeChatException refused = WeChatException.refused(
                ErrorCode.ofCredentialCall(json.path(ERRCODE).asInt()),
                text(json, ERRMSG).orElse(""),
                text(json, RID));
        return kind.filter(each -> each == WeChatException.Kind.STOPPED)
                .map(stopped -> WeChatException.stopped(message, refused))
                .or(() -> Optional.of(refused));
    }

    private static Optional<Explanation> explanation(JsonNode json) {
        return text(json, MEANING)
                .map(meaning -> new Explanation(
                        meaning,
                        json.path(REMEDY).asText(),
                        json.path(MEANING_ZH).asText(),
                        json.path(REMEDY_ZH).asText()));
    }

    /** What the object says for people: {@code title} and {@code detail} of RFC 9457. */
    static Optional<String> words(JsonNode json) {
        return text(json, TITLE)
                .map(title ->
                        text(json, DETAIL).map(detail -> title + ": " + detail).orElse(title));
    }

    /** An account's credentials as the admin API shows them; no part of a value. */
    public static ObjectNode write(String account, List<CredentialState> states) {
        ObjectNode written = Json.object().put(ACCOUNT, account);
        states.forEach(state -> written.set(KINDS.get(state.kind()), write(state)));
        return written;
    }

    /** All that WeChat itself tells of an access_token. */
    public static ObjectNode write(String account, Duration life) {
        ObjectNode written = Json.object().put(ACCOUNT, account);
        written.putObject(KINDS.get(CredentialKind.ACCESS_TOKEN)).put(LIFE, life.toSeconds());
        return written;
    }

    private static ObjectNode write(CredentialState state) {
        ObjectNode written = Json.object();
        state.source().ifPresent(source -> written.put(SOURCE, source.name().toLowerCase(Locale.ROOT)));
        state.age().ifPresent(age -> written.put(AGE, age.toSeconds()));
        state.life().ifPresent(life -> written.put(LIFE, life.toSeconds()));
        state.nextRenewal().ifPresent(next -> written.put(NEXT_RENEWAL, next.toSeconds()));
        written.put(FETCHES_TODAY, state.fetchesToday()).put(STOPPED, state.stopped());
        state.paused().ifPresent(pause -> written.put(PAUSED, pause.toSeconds()));
        written.put(STORE_AWAY, state.storeAway());
        state.lastError().ifPresent(error -> written.set(LAST_ERROR, write(error)));
        return written;
    }

    private static ObjectNode write(WeChatException error) {
        ObjectNode written = Json.object().put(KIND, error.kind().name().toLowerCase(Locale.ROOT));
        error.code().ifPresent(code -> written.put(ERRCODE, code.code()).put(ERRMSG, error.errmsg()));
        error.rid().ifPresent(rid -> written.put(RID, rid));
        Explanation explanation = error.explanation();
        return written.put(MEANING, explanation.meaning())
                .put(REMEDY, explanation.remedy())
                .put(MEANING_ZH, explanation.chineseMeaning())
                .put(REMEDY_ZH, explanation.chineseRemedy())
                .put(MESSAGE, error.getMessage());
    }

    private static Optional<String> text(JsonNode json, String name) {
        return Optional.of(json.path(name))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(text -> !text.isBlank());
    }

    private static Optional<Duration> seconds(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isNumber() ? Optional.of(Duration.ofSeconds(value.asLong())) : Optional.empty();
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> type, JsonNode json, String name) {
        return text(json, name)
                .flatMap(text -> Arrays.stream(type.getEnumConstants())
                        .filter(each -> each.name().equalsIgnoreCase(text))
                        .findFirst());
    }
}
