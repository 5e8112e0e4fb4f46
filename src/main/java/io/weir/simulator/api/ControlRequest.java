package io.weir.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request to the control API. What its fields do not hold as expected is a {@link ControlProblem} that says so.
 *
 * @param path the parameters of the path
 * @param body an empty object when there was none
 */
public record ControlRequest(Map<String, String> path, ObjectNode body) {
    public ControlRequest {
        path = Map.copyOf(path);
    }

    /** A parameter of the path, which the route has. */
    public String inPath(String name) {
        return Optional.ofNullable(path.get(name))
                .orElseThrow(() -> new IllegalStateException("the route has no parameter " + name));
    }

    /** The same without a field that is read already. */
    public ControlRequest without(String name) {
        return new ControlRequest(path, body.deepCopy().without(name));
    }

    /** Refuses fields that nobody reads: most often they are spelt wrong. */
    public void only(String... names) {
        Set<String> known = Set.of(names);
        body.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw ControlProblem.badRequest("The field \"" + name + "\" is unknown; there are: "
                            + (names.length == 0 ? "none" : String.join(", ", List.of(names))) + ".");
                });
    }

    public Optional<String> text(String name) {
        return field(name).map(value -> {
            require(value.isTextual(), name, "a text");
            return value.textValue();
        });
    }

    public Optional<Integer> integer(String name) {
        return field(name).map(value -> {
            require(value.canConvertToExactIntegral() && value.canConvertToInt(), name, "a whole number");
            return value.intValue();
        });
    }

    public Optional<Boolean> flag(String name) {
        return field(name).map(value -> {
            require(value.isBoolean(), name, "true or false");
            return value.booleanValue();
        });
    }

    public Optional<List<String>> texts(String name) {
        return field(name).map(value -> {
            List<JsonNode> each = value.valueStream().toList();
            require(value.isArray() && each.stream().allMatch(JsonNode::isTextual), name, "a list of texts");
            return each.stream().map(JsonNode::textValue).toList();
        });
    }

    public Optional<List<Integer>> integers(String name) {
        return field(name).map(value -> {
            List<JsonNode> each = value.valueStream().toList();
            require(
                    value.isArray() && each.stream().allMatch(one -> one.isIntegralNumber() && one.canConvertToInt()),
                    name,
                    "a list of whole numbers");
            return each.stream().map(JsonNode::intValue).toList();
        });
    }

    /** An object; an empty one when it is not there. */
    public ObjectNode object(String name) {
        JsonNode value = field(name).orElseGet(JsonNodeFactory.instance::objectNode);
        require(value.isObject(), name, "an object");
        return (ObjectNode) value;
    }

    /** What a request cannot do without. */
    public static <T> T required(Optional<T> value, String name) {
        return value.orElseThrow(() -> ControlProblem.badRequest("The field \"" + name + "\" is missing."));
    }

    private Optional<JsonNode> field(String name) {
        return Optional.ofNullable(body.get(name));
    }

    private static void require(boolean holds, String name, String expected) {
        if (!holds) {
            throw ControlProblem.badRequest("The field \"" + name + "\" has to be " + expected + ".");
        }
    }

    /** A request to the control API that cannot be done; told as application/problem+json. Expected: no stack trace. */
    public static final class ControlProblem extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String title;

        /**
         * @param title what kind of problem, the same for all of the kind
         * @param detail what was found and what to do
         */
        public ControlProblem(int status, String title, String detail) {
            super(detail, null, false, false);
            this.status = status;
            this.title = title;
        }

        /** A body or path that does not say what it has to: 400. */
        public static ControlProblem badRequest(String detail) {
            return new ControlProblem(400, "The request is not understood", detail);
        }

        /** Something in the path does not exist: 404. */
        public static ControlProblem notFound(String detail) {
            return new ControlProblem(404, "There is no such thing", detail);
        }

        public int status() {
            return status;
        }

        public String title() {
            return title;
        }

        public String detail() {
            return String.valueOf(getMessage());
        }
    }
}
