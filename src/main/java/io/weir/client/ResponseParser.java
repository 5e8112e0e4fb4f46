package io.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.weir.client.RawResponse.Media;
import io.weir.client.WeChatException.Kind;
import io.weir.config.Secret;
import io.weir.wechat.api.ErrorCode;
import io.weir.wechat.api.Rid;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    /**
     * What came for somebody else, byte for byte but for our token, should it be repeated.
     *
     * @throws WeChatException where it is WeChat's refusal, or nothing that WeChat would say
     */
    public RawResponse passedOn(RawResponse answer) {
        String start = start(answer);
        boolean whole = answer.rest().isEmpty();
        boolean said = answer.status() == 200
                && !answer.contentType().startsWith("text/html")
                && !(whole && (start.isEmpty() || start.startsWith("{")));
        if (!said) {
            json(answer);
        }
        if (!whole) {
            return answer;
        }
        String text = answer.body().toString(StandardCharsets.ISO_8859_1);
        String safe = redaction.withoutSecrets(text);
        return text.equals(safe) ? answer : answer.with(Buffer.buffer(safe, StandardCharsets.ISO_8859_1.name()));
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

    /**
     * Makes words from outside fit for a message: one short line without the secrets of the call, and without what may be
     * one, or an openid.
     */
    static final class Redaction {
        private static final int LONGEST_ERRMSG = 300;
        private static final int LONGEST_EXCERPT = 80;
        private static final String HIDDEN = "***";
        /** An openid has 28 characters, an AppSecret 32, a token more than 100; a rid has 26. */
        private static final Pattern LIKE_A_SECRET = Pattern.compile("[A-Za-z0-9_-]{28,}");
        /** Of text that may be cut off in the middle of a secret. */
        private static final Pattern LIKE_PART_OF_A_SECRET = Pattern.compile("[A-Za-z0-9_=&?%+/.-]{12,}");

        /** Long words, names of hosts and paths, which a diagnosis needs: no secret keeps to one case for so long. */
        private static final Pattern WORDS = Pattern.compile(
                "[./_-]*(WORD[./_-]+)*(WORD)?".replace("WORD", "(?:[A-Z]?[a-z]{1,20}|[A-Z]{2,20}|[0-9]{1,4})"));

        /** What a page holds that no reader sees. */
        private static final Pattern INVISIBLE_PART = Pattern.compile("(?is)<(style|script)\\b.*?(?:</\\1>|\\z)");

        private static final Pattern NAMED_SECRET =
                Pattern.compile("(?i)(token|secret|ticket|key)([\"'\\s]{0,4}[=:][\"'\\s]{0,4})[^\\s\"'&<>]+");
        /** What we sent, said back: someone's words, perhaps. */
        private static final Pattern OBJECT = Pattern.compile("(?s)\\{.*");

        private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\s]+");
        private static final Pattern TAG = Pattern.compile("<[^>]*>?");

        private final List<String> secrets;

        Redaction(Collection<Secret> secrets) {
            this.secrets = secrets.stream()
                    .map(Secret::reveal)
                    .filter(secret -> !secret.isBlank())
                    .flatMap(secret -> Stream.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8)))
                    .distinct()
                    .toList();
        }

        /** WeChat's errmsg: its hints and its rid stay readable. */
        String errmsg(String text) {
            String named = NAMED_SECRET.matcher(withoutObjects(text)).replaceAll("$1$2" + HIDDEN);
            return line(LIKE_A_SECRET.matcher(named).replaceAll(HIDDEN), LONGEST_ERRMSG);
        }

        /** The beginning of something that should have been an answer, without its markup. */
        String excerpt(String text) {
            String seen = INVISIBLE_PART.matcher(text).replaceAll(" ");
            String bare = TAG.matcher(withoutObjects(seen)).replaceAll(" ");
            String masked = LIKE_PART_OF_A_SECRET
                    .matcher(bare)
                    .replaceAll(run ->
                            WORDS.matcher(run.group()).matches() ? Matcher.quoteReplacement(run.group()) : HIDDEN);
            return line(NAMED_SECRET.matcher(masked).replaceAll("$1$2" + HIDDEN), LONGEST_EXCERPT);
        }

        /** The text with each of the secrets blotted out, otherwise as it is. */
        String withoutSecrets(String text) {
            String safe = text;
            for (String secret : secrets) {
                safe = safe.replace(secret, HIDDEN);
            }
            return safe;
        }

        private String withoutObjects(String text) {
            return OBJECT.matcher(withoutSecrets(text)).replaceAll("{" + HIDDEN);
        }

        private static String line(String text, int longest) {
            String line = INVISIBLE.matcher(text).replaceAll(" ").strip();
            return line.length() <= longest ? line : line.substring(0, longest) + "…";
        }
    }
}
