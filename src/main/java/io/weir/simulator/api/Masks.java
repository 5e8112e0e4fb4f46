package io.weir.simulator.api;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes the secrets out of what is kept of a call; what is longer than {@value #MAX_LENGTH} characters is cut. */
final class Masks {
    private static final int MAX_LENGTH = 2_048;
    private static final Set<String> SECRET = Set.of("access_token", "secret", "appsecret", "ticket");
    private static final Pattern SECRET_FIELD =
            Pattern.compile("(\"(?:" + String.join("|", SECRET) + ")\"\\s*+:\\s*+\")(?:[^\"\\\\]++|\\\\.)*+");

    private Masks() {}

    static String query(Map<String, String> query) {
        return cut(query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + (SECRET.contains(entry.getKey()) ? "***" : entry.getValue()))
                .collect(Collectors.joining("&")));
    }

    static String json(String text) {
        return SECRET_FIELD.matcher(cut(text)).replaceAll("$1***");
    }

    private static String cut(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
    }
}
