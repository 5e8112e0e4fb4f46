package io.weir.dispatch.durable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.Json;
import io.weir.dispatch.durable.DurableWork.Use;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A line of a spool's file: JSON with a version. Pure. */
sealed interface SpoolLine {
    int VERSION = 1;
    int MAX_ERROR = 500;

    void tell(Reader reader);

    /** What the lines of a file say, one after the other. */
    interface Reader {
        void read(Kept line);

        void read(Failed line);

        void read(Done line);

        /** A line that another version of Weir has written. */
        void readOther();
    }

    /**
     * A push has become an entry.
     *
     * @param backend that is to get a copy; empty where the entry is for something else
     */
    record Kept(String id, Instant at, Set<Use> uses, StoredPush push, Optional<String> backend) implements SpoolLine {
        public Kept {
            uses = Set.copyOf(uses);
        }

        byte[] bytes() {
            ObjectNode json = line("kept", id).put("at", at.toEpochMilli());
            put(json, "uses", uses);
            backend.ifPresent(name -> json.put("backend", name));
            ObjectNode stored = json.putObject("push")
                    .put("account", push.account())
                    .put("pushId", push.pushId())
                    .put("type", push.type())
                    .put("sender", push.sender())
                    .put("xml", push.xml())
                    .put("arrived", push.arrived().toEpochMilli())
                    .put("attempt", push.attempt());
            push.traceparent().ifPresent(trace -> stored.put("traceparent", trace));
            return text(json);
        }

        @Override
        public void tell(Reader reader) {
            reader.read(this);
        }
    }

    /**
     * Its handler or backend has failed.
     *
     * @param failures so far; 0 where an operator has asked that it be handled again
     * @param error cut where it is long
     * @param dead whether a copy was given up; of handlers the number of failures says it
     */
    record Failed(String id, Instant at, int failures, String error, boolean dead) implements SpoolLine {
        public Failed {
            error = error.length() <= MAX_ERROR ? error : error.substring(0, MAX_ERROR);
        }

        byte[] bytes() {
            ObjectNode json = line("failed", id)
                    .put("at", at.toEpochMilli())
                    .put("failures", failures)
                    .put("error", error);
            return text(dead ? json.put("dead", true) : json);
        }

        @Override
        public void tell(Reader reader) {
            reader.read(this);
        }
    }

    /**
     * Its handling has ended.
     *
     * @param left what the entry is still kept for; where that is nothing, the entry has ended
     */
    record Done(String id, Set<Use> left) implements SpoolLine {
        public Done {
            left = Set.copyOf(left);
        }

        byte[] bytes() {
            ObjectNode json = line("done", id);
            if (!left.isEmpty()) {
                put(json, "left", left);
            }
            return text(json);
        }

        @Override
        public void tell(Reader reader) {
            reader.read(this);
        }
    }

    /** Written by a version of Weir that says more than this one understands. */
    record Other() implements SpoolLine {
        @Override
        public void tell(Reader reader) {
            reader.readOther();
        }
    }

    /** Empty where it is not readable. */
    static Optional<SpoolLine> read(String text) {
        // Control characters are written as escapes: a crash may leave blocks of zeros, which the reader of JSON would
        // take.
        if (text.chars().anyMatch(character -> character < ' ')) {
            return Optional.empty();
        }
        try {
            return Json.read(text).flatMap(SpoolLine::of);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<SpoolLine> of(JsonNode json) {
        if (number(json, "v") != VERSION) {
            return Optional.of(new Other());
        }
        if (json.has("kept")) {
            return Optional.of(new Kept(
                    string(json, "kept"),
                    time(json, "at"),
                    uses(json, "uses"),
                    push(json.path("push")),
                    json.has("backend") ? Optional.of(string(json, "backend")) : Optional.empty()));
        }
        if (json.has("failed")) {
            return Optional.of(new Failed(
                    string(json, "failed"),
                    time(json, "at"),
                    (int) number(json, "failures"),
                    string(json, "error"),
                    json.path("dead").booleanValue()));
        }
        return json.has("done") ? Optional.of(new Done(string(json, "done"), uses(json, "left"))) : Optional.empty();
    }

    private static StoredPush push(JsonNode json) {
        return new StoredPush(
                string(json, "account"),
                string(json, "pushId"),
                string(json, "type"),
                string(json, "sender"),
                string(json, "xml"),
                time(json, "arrived"),
                (int) number(json, "attempt"),
                json.has("traceparent") ? Optional.of(string(json, "traceparent")) : Optional.empty());
    }

    private static ObjectNode line(String kind, String id) {
        return Json.object().put("v", VERSION).put(kind, id);
    }

    private static byte[] text(ObjectNode json) {
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ObjectNode json, String name, Set<Use> uses) {
        ArrayNode array = json.putArray(name);
        uses.stream().sorted().forEach(use -> array.add(use.name()));
    }

    private static Set<Use> uses(JsonNode json, String name) {
        Set<Use> uses = EnumSet.noneOf(Use.class);
        json.path(name).forEach(each -> uses.add(Use.valueOf(each.asText())));
        return uses;
    }

    private static String string(JsonNode json, String name) {
        return Optional.ofNullable(json.path(name).textValue())
                .orElseThrow(() -> new IllegalArgumentException(name + " is no text"));
    }

    private static Instant time(JsonNode json, String name) {
        return Instant.ofEpochMilli(number(json, name));
    }

    private static long number(JsonNode json, String name) {
        if (!json.path(name).isIntegralNumber()) {
            throw new IllegalArgumentException(name + " is no number");
        }
        return json.path(name).longValue();
    }
}
