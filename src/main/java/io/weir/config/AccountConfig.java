package io.weir.config;

import io.weir.wechat.codec.Credentials;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.crypto.AesKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of one official account: an entry of section {@code accounts} of the configuration.
 *
 * @param name last part of the URL that its pushes arrive at
 * @param appId as WeChat's console shows it; only that it is not blank is required
 * @param appSecret for WeChat's server API
 * @param tokens the Tokens that are valid at once, the current one first
 * @param aesKeys the EncodingAESKeys that are valid at once, the current one first
 * @param mode what is accepted; where the file says nothing, safe with an EncodingAESKey and plaintext without
 * @param originalId when set, a push to another ToUserName is refused
 * @param tokenMode how the access_token is fetched
 * @param testAccount whether it is one of WeChat's test accounts (测试号), which get a tenth of the quotas
 * @param replies file of its own for what the built-in handlers answer
 */
public record AccountConfig(
        String name,
        String appId,
        Secret appSecret,
        List<Secret> tokens,
        List<AesKey> aesKeys,
        Mode mode,
        Optional<String> originalId,
        TokenMode tokenMode,
        boolean testAccount,
        Optional<String> replies) {

    private static final String ORIGINAL_ID = "gh_";
    private static final String TOKEN = "[A-Za-z0-9]{3,32}";
    private static final int AES_KEY_CHARACTERS = 43;
    private static final String NAME_RULE =
            "expected a name of at most 64 letters, digits, - and _, since it is part of the URL";

    public AccountConfig {
        tokens = List.copyOf(tokens);
        aesKeys = List.copyOf(aesKeys);
        if (mode != Mode.PLAINTEXT && aesKeys.isEmpty()) {
            throw new IllegalArgumentException("compatible and safe mode need an encodingAesKey");
        }
    }

    /** How the access_token is fetched (token-and-server-api.md §1–2). */
    public enum TokenMode {
        STABLE,
        CLASSIC
    }

    /** Reads section {@code accounts}. */
    public static List<AccountConfig> readAll(Section root) {
        Section section = root.section("accounts");
        if (section.keys().isEmpty() && !root.isSingleValue("accounts") && !root.isList("accounts")) {
            root.problem(
                    "accounts", "expected at least one account, as in { main: { appId: …, appSecret: …, token: … } }");
        }
        List<AccountConfig> accounts = new ArrayList<>();
        Map<String, String> byAppId = new HashMap<>();
        section.sections().forEach((name, account) -> {
            if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
                section.problem(name, NAME_RULE);
            }
            read(name, account, byAppId).ifPresent(accounts::add);
        });
        return accounts;
    }

    private static Optional<AccountConfig> read(String name, Section section, Map<String, String> byAppId) {
        String appId = section.required("appId");
        Secret appSecret = section.requiredSecret("appSecret");
        List<Secret> tokens = section.requiredSecrets("token");
        warnOfSecrets(section, appSecret, tokens);
        List<AesKey> aesKeys = aesKeys(section);
        boolean hasKey = section.has("encodingAesKey");
        Mode mode = section.oneOf("mode", Mode.class, hasKey ? Mode.SAFE : Mode.PLAINTEXT);
        if (mode != Mode.PLAINTEXT && aesKeys.isEmpty() && !hasKey) {
            section.problem("encodingAesKey", "expected one, which this mode needs", "without one set mode: plaintext");
        }
        Optional<String> originalId = section.text("originalId").filter(id -> !id.isBlank());
        warnOfIds(section, appId, originalId);
        if (!appId.isBlank() && byAppId.putIfAbsent(appId, name) != null) {
            section.warning(
                    "appId",
                    "expected another AppID than that of account " + byAppId.get(appId)
                            + ", with which it shares access_token, menus and quotas");
        }
        TokenMode tokenMode = section.oneOf("tokenMode", TokenMode.class, TokenMode.STABLE);
        boolean testAccount = section.flag("testAccount", false);
        Optional<String> replies = section.text("replies");
        section.refuseUnknownKeys("handlers");
        return section.build(() -> new AccountConfig(
                name, appId, appSecret, tokens, aesKeys, mode, originalId, tokenMode, testAccount, replies));
    }

    private static List<AesKey> aesKeys(Section section) {
        List<AesKey> keys = new ArrayList<>();
        for (Secret key : section.secrets("encodingAesKey")) {
            try {
                keys.add(AesKey.parse(key.reveal()));
            } catch (IllegalArgumentException e) {
                section.problem(
                        "encodingAesKey",
                        String.valueOf(e.getMessage()),
                        measured(key.reveal().strip()));
            }
        }
        return keys;
    }

    /** What is wrong with a key, without any character of it. */
    private static String measured(String key) {
        if (key.endsWith("=")) {
            return "leave out the \"=\" at its end";
        }
        return "this one has " + key.codePointCount(0, key.length())
                + (hasBlanks(key) ? ", with blanks among them" : "")
                + (key.length() == AES_KEY_CHARACTERS ? ", not all of those" : "");
    }

    /** Warnings all, since an account with them must not keep the others from starting. */
    private static void warnOfIds(Section section, String appId, Optional<String> originalId) {
        if (appId.startsWith(ORIGINAL_ID)) {
            section.warning("appId", "expected an AppID, as wx0a1b2c3d4e5f6071", "gh_… is the originalId");
        } else if (hasBlanks(appId)) {
            section.warning("appId", "expected an AppID, which has no blanks");
        }
        originalId
                .filter(id -> !id.startsWith(ORIGINAL_ID))
                .ifPresent(id -> section.warning(
                        "originalId",
                        "expected the account's original id, gh_…; pushes to another ToUserName are refused",
                        "leave it out if you do not know it"));
    }

    private static void warnOfSecrets(Section section, Secret appSecret, List<Secret> tokens) {
        if (hasBlanks(appSecret.reveal())) {
            section.warning("appSecret", "expected an AppSecret, which has no blanks", "remove them");
        }
        if (tokens.stream().anyMatch(token -> hasBlanks(token.reveal()))) {
            section.warning("token", "expected a Token, which has no blanks: no signature will fit", "remove them");
        } else if (!tokens.stream().allMatch(token -> token.reveal().matches(TOKEN))) {
            section.warning("token", "expected a Token of 3 to 32 letters and digits, as WeChat's console takes it");
        }
    }

    private static boolean hasBlanks(String text) {
        return text.chars().anyMatch(each -> Character.isWhitespace(each) || Character.isSpaceChar(each));
    }

    /** What its pushes are checked against. */
    public Credentials credentials() {
        return new Credentials(name, appId, tokens.stream().map(Secret::reveal).toList(), aesKeys, mode, originalId);
    }
}
