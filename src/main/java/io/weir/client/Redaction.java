package io.weir.client;

import io.weir.config.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes words from outside fit for a message: one short line without the secrets of the call, and without what may be
 * one, or an openid.
 */
final class Redaction {
    private static final int LONGEST_ERRMSG = 300;
    private static final int LONGEST_EXCERPT = 80;
    private static final String HIDDEN = "***";
    /** An openid has 28 characters, an AppSecret 32, a token more than 100; a rid has 26. */
    private static final Pattern LIKE_A_SECRET = Pattern.compile("[A-Za-z0-9_-]{28,}");
    /** Of text that may be cut off in the middle of a secret. */
    private static final Pattern LIKE_PART_OF_A_SECRET = Pattern.compile("[A-Za-z0-9_=&?%+/.-]{12,}");

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
        String named = NAMED_SECRET.matcher(withoutSecrets(text)).replaceAll("$1$2" + HIDDEN);
        return line(LIKE_A_SECRET.matcher(named).replaceAll(HIDDEN), LONGEST_ERRMSG);
    }

    /** The beginning of something that should have been an answer, without its markup. */
    String excerpt(String text) {
        String bare = TAG.matcher(withoutSecrets(text)).replaceAll(" ");
        String masked = LIKE_PART_OF_A_SECRET.matcher(bare).replaceAll(HIDDEN);
        return line(NAMED_SECRET.matcher(masked).replaceAll("$1$2" + HIDDEN), LONGEST_EXCERPT);
    }

    private String withoutSecrets(String text) {
        String safe = text;
        for (String secret : secrets) {
            safe = safe.replace(secret, HIDDEN);
        }
        return OBJECT.matcher(safe).replaceAll("{" + HIDDEN);
    }

    private static String line(String text, int longest) {
        String line = INVISIBLE.matcher(text).replaceAll(" ").strip();
        return line.length() <= longest ? line : line.substring(0, longest) + "…";
    }
}
