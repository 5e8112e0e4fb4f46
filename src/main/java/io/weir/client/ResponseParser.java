package io.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.client.RawResponse.Media;
import io.weir.client.WeChatException.Kind;
import io.weir.config.Secret;
import io.weir.wechat.api.ErrorCode;
import io.weir.wechat.api.Rid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells what an answer says: a result, WeChat's refusal, or nothing that WeChat would say. One for each exchange. */
public final class ResponseParser {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Pattern CODE = Pattern.compile("\\s*([+-]?[0-9]{1,9})(\\.0*)?\\s*");
    private static final Pattern FILE_NAME = Pattern.compile("(?i)filename=\"?([^\";]+)\"?");
    private static final int START_OF_TEXT = 2_000;

    private final Call call;
    private final Redaction redaction;

    ResponseParser(Call call, Optional<Secret> token) {
        this.call = call;
        List<Secret> secrets = new ArrayList<>(call.secretQuery().values());
        call.payload().ifPresent(payload -> secrets.addAll(payload.secrets()));
        token.ifPresent(secrets::add);
        this.redaction = new Redaction(secrets);
    }

    /**
     * The object that came, whatever its content type says.
     *
     * @throws WeChatException where it is WeChat's refusal, or not an object
     */
    public JsonNode json(RawResponse answer) {
        return json(answer, text(answer));
    }

    /** The file that came; empty where it is none: {@link #json} tells then what it is. */
    public Optional<Media> media(RawResponse answer) {
        String start = start(answer);
        boolean text =
                start.isEmpty() || start.startsWith("{") || answer.contentType().startsWith("text/html");
        if (answer.status() != 200 || text) {
            return Optional.empty();
        }
        Optional<String> fileName = answer.disposition()
                .map(FILE_NAME::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1).strip());
        return Optional.of(new Media(answer.body(), answer.contentType(), fileName));
    }

    private JsonNode json(RawResponse answer, String text) {
        Optional<JsonNode> json = answer.status() == 200 ? Json.read(text) : Optional.empty();
        if (json.isEmpty() || !json.get().isObject()) {
            throw garbage(answer, text);
        }
        JsonNode code = json.get().path("errcode");
        Matcher number = CODE.matcher(code.asText("0"));
        if (!number.matches()) {
            throw garbage(answer, "an errcode that is not a number");
        }
        int errcode = code.isNull() ? 0 : Integer.parseInt(number.group(1));
        if (errcode != 0) {
            throw refusal(errcode, json.get().path("errmsg").asText(""));
        }
        return json.get();
    }

    private WeChatException refusal(int errcode, String errmsg) {
        ErrorCode code = call.manner().credential() ? ErrorCode.ofCredentialCall(errcode) : ErrorCode.of(errcode);
        return WeChatException.refused(code, redaction.errmsg(errmsg), Rid.in(errmsg));
    }

    /** What begins like JSON is not quoted: it may break off in the middle of a new token. */
    private WeChatException garbage(RawResponse answer, String text) {
        String start = text.strip();
        String shown = start.isEmpty()
                ? "nothing"
                : start.startsWith("{") || start.startsWith("[")
                        ? "JSON that is cut or malformed"
                        : "\"" + redaction.excerpt(start.substring(0, Math.min(start.length(), START_OF_TEXT))) + "\"";
        return WeChatException.of(
                Kind.GARBAGE,
                "expected WeChat's JSON from " + call + ", got " + answer + ": " + shown
                        + "; check wechat.baseUri and any proxy before it");
    }

    private static String start(RawResponse answer) {
        int length = Math.min(answer.body().length(), START_OF_TEXT);
        return utf8(answer.body().getBytes(0, length)).stripLeading();
    }

    private static String text(RawResponse answer) {
        return utf8(answer.body().getBytes());
    }

    private static String utf8(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
}
