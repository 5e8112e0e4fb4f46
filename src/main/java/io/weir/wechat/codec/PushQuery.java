package io.weir.wechat.codec;

import io.weir.wechat.codec.Refusal.Cause;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of WeChat's requests (push-protocol.md §2 and §4), decoded, otherwise as they came. Parameters of the
 * registered URL's own are allowed beside them, in any order.
 *
 * @param signature over token, timestamp and nonce
 * @param timestamp decimal digits, as text
 * @param nonce opaque
 * @param echostr only in the verification of the URL
 * @param encryptType {@code aes} or {@code raw}
 * @param msgSignature over token, timestamp, nonce and Encrypt
 * @param openid the sender as the query names him; not signed, never trusted
 */
public record PushQuery(
        String signature,
        String timestamp,
        String nonce,
        Optional<String> echostr,
        Optional<String> encryptType,
        Optional<String> msgSignature,
        Optional<String> openid) {

    /** In the order of the components. */
    private static final List<String> NAMES =
            List.of("signature", "timestamp", "nonce", "echostr", "encrypt_type", "msg_signature", "openid");

    /**
     * Reads the part of a URL behind the question mark.
     *
     * @throws Refusal when the parameters are those of a WeCom callback,
     *     signature, timestamp or nonce is missing or empty, or a parameter of WeChat's stands twice
     */
    public static PushQuery parse(String rawQuery) throws Refusal {
        @Nullable String[] found = new String[NAMES.size()];
        for (int from = 0; from <= rawQuery.length(); ) {
            int end = rawQuery.indexOf('&', from);
            int to = end < 0 ? rawQuery.length() : end;
            int equals = rawQuery.indexOf('=', from);
            take(rawQuery, from, equals < 0 || equals > to ? to : equals, to, found);
            from = to + 1;
        }
        if (found[0] == null && found[5] != null) {
            throw new Refusal(
                    Cause.WECOM, "msg_signature without signature, as WeCom (企业微信) has it; not an official account");
        }
        return new PushQuery(
                required(found, 0),
                required(found, 1),
                required(found, 2),
                Optional.ofNullable(found[3]),
                Optional.ofNullable(found[4]),
                Optional.ofNullable(found[5]),
                Optional.ofNullable(found[6]));
    }

    private static void take(String query, int from, int equals, int to, @Nullable String[] found) throws Refusal {
        int index = indexOfName(query, from, equals);
        if (index < 0) {
            return;
        }
        if (found[index] != null) {
            throw new Refusal(Cause.QUERY, "parameter " + NAMES.get(index) + " stands twice");
        }
        found[index] = decoded(query, Math.min(equals + 1, to), to);
    }

    /** Which of WeChat's parameters has the name that stands there; negative for one of the registered URL's own. */
    private static int indexOfName(String query, int from, int to) throws Refusal {
        if (isEncoded(query, from, to)) {
            return NAMES.indexOf(decode(query.substring(from, to)));
        }
        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get(i);
            if (name.length() == to - from && query.startsWith(name, from)) {
                return i;
            }
        }
        return -1;
    }

    private static String required(@Nullable String[] found, int index) throws Refusal {
        String value = found[index];
        if (value == null || value.isEmpty()) {
            throw new Refusal(Cause.QUERY, "parameter " + NAMES.get(index) + " is missing");
        }
        return value;
    }

    private static String decoded(String query, int from, int to) throws Refusal {
        String text = query.substring(from, to);
        return isEncoded(text, 0, text.length()) ? decode(text) : text;
    }

    private static boolean isEncoded(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '%' || c == '+') {
                return true;
            }
        }
        return false;
    }

    private static String decode(String text) throws Refusal {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (decoded.indexOf('\uFFFD') >= 0) {
                throw new Refusal(Cause.QUERY, "the query is not UTF-8");
            }
            return decoded;
        } catch (IllegalArgumentException e) {
            throw new Refusal(Cause.QUERY, "the query is not readable");
        }
    }
}
