package io.weir.simulator.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.weir.simulator.api.ApiCall.CallAnswer;
import io.weir.simulator.api.ApiCall.CallRequest;
import io.weir.simulator.api.ApiCall.Method;
import io.weir.simulator.platform.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The request ids that errmsg ends with, and what openapi/rid/get tells of them for seven days: the last
 * {@value #REMEMBERED}, without secrets. Only refusals have one. Any thread.
 *
 * <p>An id of another account is unknown (76001): what 76002 to 76004 mean is uncertain.
 */
final class Rids {
    private static final int REMEMBERED = 1_000;
    private static final Duration KEPT = Duration.ofDays(7);

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Clock clock;

    Rids(Clock clock) {
        this.clock = clock;
    }

    /** A new id: three groups of hex digits, the first of which is the time. */
    String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "%08x-%08x-%08x".formatted((int) clock.instant().getEpochSecond(), random.nextInt(), random.nextInt());
    }

    /** @param appId empty when the refusal was about who calls */
    synchronized void keep(String rid, String appId, IncomingCall incoming, Buffer answer) {
        if (entries.size() >= REMEMBERED) {
            entries.remove(entries.keySet().iterator().next());
        }
        ObjectNode request = JsonNodeFactory.instance
                .objectNode()
                .put("invoke_time", clock.instant().getEpochSecond())
                .put("cost_in_ms", 1)
                .put("request_url", incoming.path() + "?" + SecretMasks.query(incoming.query()))
                .put("request_body", body(incoming))
                .put("response_body", SecretMasks.body(answer.toString()))
                .put("client_ip", incoming.address());
        entries.put(rid, new Entry(appId, clock.instant(), request));
    }

    /** What is known of an id to an account; to every account when the refusal was about who calls. */
    synchronized ObjectNode find(String rid, String appId) {
        Entry entry = entries.get(rid);
        if (entry == null
                || !entry.isFor(appId)
                || !clock.instant().isBefore(entry.at().plus(KEPT))) {
            throw new Refused(76001, "rid not found");
        }
        return entry.request().deepCopy();
    }

    private static String body(IncomingCall incoming) {
        return Multipart.is(incoming.contentType())
                ? ""
                : SecretMasks.body(incoming.body().toString());
    }

    private record Entry(String appId, Instant at, ObjectNode request) {
        boolean isFor(String caller) {
            return appId.isEmpty() || appId.equals(caller);
        }
    }

    /** Takes the secrets out of what is kept of a call; what is longer than {@value #MAX_LENGTH} characters is cut. */
    static final class SecretMasks {
        private static final int MAX_LENGTH = 2_048;
        private static final Set<String> SECRET = Set.of("access_token", "secret", "appsecret", "ticket");
        private static final Pattern SECRET_NAME =
                Pattern.compile("access_token|secret|ticket", Pattern.CASE_INSENSITIVE);
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

    /** The call that explains a request id (token-and-server-api.md §6). */
    static final class RidEndpoints {
        private final Rids rids;

        RidEndpoints(Rids rids) {
            this.rids = rids;
        }

        List<ApiCall> all() {
            return List.of(ApiCall.forAll(Method.POST, "/cgi-bin/openapi/rid/get", this::get));
        }

        private CallAnswer get(CallRequest request) {
            String rid = Bodies.json(request).path("rid").asText();
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            answer.set(
                    "request", rids.find(rid, request.account().registration().appId()));
            return new CallAnswer.Json(answer);
        }
    }
}
