package io.weir.wechat.codec;

import io.weir.wechat.codec.Refusal.Cause;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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

    /**
     * Reads the part of a URL behind the question mark.
     *
     * @throws Refusal when signature, timestamp or nonce is missing or empty, or a parameter of WeChat's stands twice
     */
    public static PushQuery parse(String rawQuery) throws Refusal {
        Map<String, String> found = new HashMap<>();
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (isOurs(name) && found.put(name, decode(equals < 0 ? "" : pair.substring(equals + 1))) != null) {
                throw new Refusal(Cause.QUERY, "parameter " + name + " stands twice");
            }
        }
        return new PushQuery(
                required(found, "signature"),
                required(found, "timestamp"),
                required(found, "nonce"),
                Optional.ofNullable(found.get("echostr")),
                Optional.ofNullable(found.get("encrypt_type")),
                Optional.ofNullable(found.get("msg_signature")),
                Optional.ofNullable(found.get("openid")));
    }

    private static boolean isOurs(String name) {
        return switch (name) {
            case "signature", "timestamp", "nonce", "echostr", "encrypt_type", "msg_signature", "openid" -> true;
            default -> false;
        };
    }

    private static String required(Map<String, String> found, String name) throws Refusal {
        String value = found.get(name);
        if (value == null || value.isEmpty()) {
            throw new Refusal(Cause.QUERY, "parameter " + name + " is missing");
        }
        return value;
    }

    private static String decode(String text) throws Refusal {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Cause.QUERY, "the query is not readable");
        }
    }
}
