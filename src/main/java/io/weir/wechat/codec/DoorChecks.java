package io.weir.wechat.codec;

import static io.weir.wechat.codec.Refusal.Cause.AES;
import static io.weir.wechat.codec.Refusal.Cause.APPID;
import static io.weir.wechat.codec.Refusal.Cause.BASE64;
import static io.weir.wechat.codec.Refusal.Cause.ENCRYPT;
import static io.weir.wechat.codec.Refusal.Cause.FORM;
import static io.weir.wechat.codec.Refusal.Cause.LENGTH;
import static io.weir.wechat.codec.Refusal.Cause.MODE;
import static io.weir.wechat.codec.Refusal.Cause.MSG_SIGNATURE;
import static io.weir.wechat.codec.Refusal.Cause.PADDING;
import static io.weir.wechat.codec.Refusal.Cause.QUERY;
import static io.weir.wechat.codec.Refusal.Cause.REPLAY;
import static io.weir.wechat.codec.Refusal.Cause.SIGNATURE;
import static io.weir.wechat.codec.Refusal.Cause.TIMESTAMP;
import static io.weir.wechat.codec.Refusal.Cause.TO_USER_NAME;
import static io.weir.wechat.codec.Refusal.Cause.XML;

import io.weir.wechat.codec.Refusal.Cause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The door's checks of one request, step by step, from what is known of it afterwards. Tells rules and which of them was
 * broken; never what would have been right.
 */
public final class DoorChecks {
    private static final Map<Cause, String> RULES = rules();

    /** An encrypted push is XML twice, and has its form twice; that an account has no encryption is seen at two places. */
    private static final List<Cause> ENCRYPTED = List.of(
            QUERY,
            TIMESTAMP,
            SIGNATURE,
            MODE,
            XML,
            FORM,
            MODE,
            ENCRYPT,
            MSG_SIGNATURE,
            BASE64,
            AES,
            PADDING,
            LENGTH,
            APPID,
            XML,
            FORM,
            TO_USER_NAME,
            REPLAY);

    private static final List<Cause> PLAIN =
            List.of(QUERY, TIMESTAMP, SIGNATURE, MODE, XML, FORM, MODE, TO_USER_NAME, REPLAY);
    private static final List<Cause> VERIFICATION = List.of(QUERY, TIMESTAMP, SIGNATURE);
    private static final Set<Cause> ONLY_ENCRYPTED =
            Set.of(ENCRYPT, MSG_SIGNATURE, BASE64, AES, PADDING, LENGTH, APPID);

    private DoorChecks() {}

    /**
     * One check.
     *
     * @param ok whether the request passed it; empty where it was not reached, or there was nothing to check
     * @param rule what it demands, or how it was broken
     */
    public record Check(Cause cause, Optional<Boolean> ok, String rule) {}

    /** The checks of the verification of a URL. */
    public static List<Check> ofVerification(Optional<Refusal> refusal) {
        return checks(
                VERIFICATION,
                refusal,
                refusal.map(each -> VERIFICATION.indexOf(each.refusalCause())).orElse(VERIFICATION.size()));
    }

    /**
     * The checks of a push.
     *
     * @param account what it was checked against
     * @param body the request, read again
     */
    public static List<Check> of(Credentials account, String query, Reopened body, Optional<Refusal> refusal) {
        boolean sealed =
                body.outer().filter(root -> root.child("Encrypt").isPresent()).isPresent();
        boolean encrypted = sealed
                || isAes(query)
                || refusal.filter(each -> ONLY_ENCRYPTED.contains(each.refusalCause()))
                        .isPresent();
        List<Cause> order = encrypted ? ENCRYPTED : PLAIN;
        return checks(
                order,
                refusal,
                refusal.map(each -> place(order, account, query, body, each)).orElse(order.size()));
    }

    /** Where in the order a refusal happened. */
    private static int place(List<Cause> order, Credentials account, String query, Reopened body, Refusal refusal) {
        Cause cause = refusal.refusalCause();
        boolean second = switch (cause) {
            case MODE -> account.mode() == Mode.PLAINTEXT && !isAes(query) && body.isOuterOfForm();
            case XML, FORM -> body.isOuterOfForm();
            default -> false;
        };
        return second ? order.lastIndexOf(cause) : order.indexOf(cause);
    }

    private static boolean isAes(String query) {
        return Arrays.asList(query.split("&", -1)).contains("encrypt_type=aes");
    }

    private static List<Check> checks(List<Cause> order, Optional<Refusal> refusal, int failed) {
        List<Check> checks = new ArrayList<>();
        for (Cause cause : Cause.values()) {
            int first = order.indexOf(cause);
            boolean broken = failed < order.size() && order.get(failed) == cause;
            boolean reached = first >= 0 && first < failed;
            Optional<Boolean> ok = broken ? Optional.of(false) : reached ? Optional.of(true) : Optional.empty();
            String rule = Objects.requireNonNull(RULES.get(cause));
            checks.add(new Check(
                    cause, ok, broken ? refusal.map(Refusal::getMessage).orElse(rule) : rule));
        }
        return List.copyOf(checks);
    }

    private static Map<Cause, String> rules() {
        Map<Cause, String> rules = new EnumMap<>(Cause.class);
        rules.put(QUERY, "signature, timestamp and nonce stand in the query once each");
        rules.put(
                TIMESTAMP,
                "timestamp is a number of seconds within push.timestampWindow of Redis's clock or this machine's, without leading zeros");
        rules.put(SIGNATURE, "signature is made with one of the account's Tokens");
        rules.put(MODE, "encrypted or not, as the account's mode wants it");
        rules.put(XML, "XML in UTF-8, without DOCTYPE");
        rules.put(ENCRYPT, "an encrypted push has the element Encrypt");
        rules.put(MSG_SIGNATURE, "msg_signature is made with the same Token, and fits Encrypt");
        rules.put(BASE64, "Encrypt is Base64");
        rules.put(AES, "Encrypt is whole blocks of AES");
        rules.put(PADDING, "decrypted with one of the account's keys, it ends with 1 to 32 equal bytes of padding");
        rules.put(LENGTH, "it holds as many bytes as it says");
        rules.put(APPID, "it ends with the account's AppId");
        rules.put(FORM, "the root is xml, and what identifies a push stands once");
        rules.put(TO_USER_NAME, "ToUserName is the account's originalId, where one is set");
        rules.put(REPLAY, "timestamp and nonce are not those of another push");
        return rules;
    }
}
