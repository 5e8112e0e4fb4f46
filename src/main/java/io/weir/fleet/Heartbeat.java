package io.weir.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.client.Json;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What an instance tells of itself: written by this release, read as far as possible whichever release has written it.
 *
 * @param name of the instance, like no other's and new at each start
 * @param version of the jar
 * @param commit that it was built from
 * @param since when it started
 * @param admin where its admin port listens; asked for at each heartbeat
 * @param state {@code starting}, {@code ready} or {@code draining}
 * @param counts see {@link Counts}
 */
public record Heartbeat(
        String name,
        String version,
        String commit,
        Instant since,
        Supplier<String> admin,
        Supplier<String> state,
        Counts counts) {
    private static final int VERSION = 1;
    private static final int MAX_TEXT = 200;
    private static final String FORMAT = "v";
    private static final List<String> TEXTS = List.of("version", "commit", "admin", "since", "seen", "state");
    private static final List<String> NUMBERS = List.of("pushes", "late", "lost", "failed", "inFlight");

    /** As it is stored, at this time. */
    ObjectNode write(Instant now) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put(FORMAT, VERSION)
                .put("version", version)
                .put("commit", commit)
                .put("admin", admin.get())
                .put("since", since.toString())
                .put("seen", now.toString())
                .put("state", state.get());
        return counts.addTo(json);
    }

    /**
     * As the admin API tells it: what is there and of the kind that is expected.
     *
     * @param stored of whichever release
     */
    static ObjectNode read(String name, String stored) {
        JsonNode found = Json.read(stored).orElseGet(JsonNodeFactory.instance::objectNode);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", name);
        for (String each : TEXTS) {
            Optional.of(found.path(each))
                    .filter(value -> value.isTextual() && value.textValue().length() <= MAX_TEXT)
                    .ifPresent(value -> json.set(each, value));
        }
        for (String each : NUMBERS) {
            Optional.of(found.path(each))
                    .filter(value -> value.isIntegralNumber() && value.canConvertToLong())
                    .ifPresent(value -> json.set(each, value));
        }
        boolean whole = Stream.concat(TEXTS.stream(), NUMBERS.stream()).allMatch(json::has);
        return json.put("readable", whole && found.path(FORMAT).asInt() == VERSION);
    }

    /** What an instance has counted since its start, as its metrics have it. */
    public record Counts(MeterRegistry metrics) {
        ObjectNode addTo(ObjectNode json) {
            return json.put("pushes", sum("weir.pushes"))
                    .put("late", sum("weir.pushes", "late", "lapsed"))
                    .put("lost", sum("weir.late.replies", "lost"))
                    .put("failed", sum("weir.pushes", "failed", "unhandled", "shed"))
                    .put("inFlight", inFlight());
        }

        /** @param outcomes those that count; all where none is given */
        private long sum(String name, String... outcomes) {
            List<String> wanted = List.of(outcomes);
            return (long) metrics.find(name).counters().stream()
                    .filter(counter ->
                            wanted.isEmpty() || wanted.contains(counter.getId().getTag("outcome")))
                    .mapToDouble(Counter::count)
                    .sum();
        }

        private long inFlight() {
            return (long) metrics.find("weir.in.flight.executions").gauges().stream()
                    .mapToDouble(Gauge::value)
                    .sum();
        }
    }

    /** A name for an instance: that of the host, as far as it is known, and the beginning of what no other process has. */
    public static String nameOf(String owner) {
        String host = Stream.of(System.getenv("HOSTNAME"), System.getenv("COMPUTERNAME"))
                .filter(each -> each != null && !each.isBlank())
                .findFirst()
                .orElseGet(Heartbeat::localHost);
        String plain = host.replaceAll("[^A-Za-z0-9.-]", "-");
        return plain.substring(0, Math.min(plain.length(), 60)) + "-" + owner.substring(0, Math.min(owner.length(), 6));
    }

    private static String localHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "weir";
        }
    }

    /** Whether it may be the name of an instance. */
    public static boolean isName(String text) {
        return text.matches("[A-Za-z0-9.-]{1,80}");
    }
}
