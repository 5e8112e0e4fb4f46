package io.weir.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.Refused;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes the secrets out of what is kept of a call; what is longer than {@value #MAX_LENGTH} characters is cut. */
final class SecretMasks {
    private static final int MAX_LENGTH = 2_048;
    private static final Set<String> SECRET = Set.of("access_token", "secret", "appsecret", "ticket");
    private static final Pattern SECRET_NAME = Pattern.compile("access_token|secret|ticket", Pattern.CASE_INSENSITIVE);
    private static final String MASK = "***";

    private SecretMasks() {}

    static String query(Map<String, String> query) {
        return cut(query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + (SECRET.contains(entry.getKey()) ? MASK : entry.getValue()))
                .collect(Collectors.joining("&")));
    }

    /** A body as it came when there is no secret in it; one that is not JSON and names a secret, as a form does, is hidden. */
    static String body(String text) {
        try {
            ObjectNode object = Bodies.object(text);
            List<String> secrets = SECRET.stream().filter(object::has).toList();
            secrets.forEach(name -> object.put(name, MASK));
            return cut(secrets.isEmpty() ? text : object.toString());
        } catch (Refused notAnObject) {
            return SECRET_NAME.matcher(text).find() ? MASK : cut(text);
        }
    }

    private static String cut(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
    }
}
