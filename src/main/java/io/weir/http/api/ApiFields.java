package io.weir.http.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields that a caller of the admin port has sent, read strictly: what is not as expected is an {@link ApiProblem}. */
public final class ApiFields {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final ObjectNode fields;

    private ApiFields(ObjectNode fields) {
        this.fields = fields;
    }

    static ApiFields ofBody(Buffer body, String... known) {
        return of(body.length() == 0 ? JsonNodeFactory.instance.objectNode() : object(body), "field", known);
    }

    static ApiFields ofQuery(MultiMap query, String... known) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        query.forEach((name, value) -> {
            if (fields.has(name)) {
                throw ApiProblem.badRequest("The parameter \"" + name + "\" is there more than once.");
            }
            fields.put(name, value);
        });
        return of(fields, "parameter", known);
    }

    private static ApiFields of(ObjectNode fields, String what, String... known) {
        List<String> names = List.of(known);
        for (Iterator<String> given = fields.fieldNames(); given.hasNext(); ) {
            String name = given.next();
            if (!names.contains(name)) {
                throw ApiProblem.badRequest("The " + what + " \"" + name + "\" is unknown; "
                        + (names.isEmpty() ? "there is none" : "there are: " + String.join(", ", names)) + ".");
            }
        }
        return new ApiFields(fields);
    }

    /** A text that must be there, and not be blank. */
    public String requiredText(String name) {
        return text(name)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> ApiProblem.badRequest("The field \"" + name + "\" is missing or blank."));
    }

    public Optional<String> text(String name) {
        return field(name).map(value -> {
            require(value.isTextual(), name, "a text");
            return value.textValue();
        });
    }

    /** True or false; false where it is not there. */
    public boolean flag(String name) {
        return field(name)
                .map(value -> {
                    require(value.isBoolean(), name, "true or false");
                    return value.booleanValue();
                })
                .orElse(false);
    }

    /** A whole number within bounds; {@code otherwise} where there is none. */
    public int number(String name, int otherwise, int most) {
        return field(name)
                .map(value -> {
                    boolean fits = value.isInt() && value.intValue() >= 1 && value.intValue() <= most;
                    require(fits, name, "a whole number from 1 to " + most);
                    return value.intValue();
                })
                .orElse(otherwise);
    }

    /** A list of texts; empty where it is not there. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        field(name).ifPresent(value -> {
            require(value.isArray(), name, "a list of texts");
            value.forEach(each -> {
                require(each.isTextual(), name, "a list of texts");
                texts.add(each.textValue());
            });
        });
        return texts;
    }

    /** A value of any kind; empty where it is not there. */
    public Optional<JsonNode> json(String name) {
        return field(name);
    }

    /**
     * A list of objects; empty where it is not there.
     *
     * @param known the names of their fields
     */
    public List<ApiFields> objects(String name, String... known) {
        List<ApiFields> objects = new ArrayList<>();
        field(name).ifPresent(value -> {
            require(value.isArray(), name, "a list of objects");
            value.forEach(each -> objects.add(object(each, name, known)));
        });
        return objects;
    }

    /** An object. */
    public Optional<ApiFields> object(String name, String... known) {
        return field(name).map(value -> object(value, name, known));
    }

    private static ApiFields object(JsonNode value, String name, String... known) {
        require(value.isObject(), name, "an object");
        return of((ObjectNode) value, "field", known);
    }

    /** What one of several words stands for; {@code otherwise} where there is none. */
    public <T> T oneOf(String name, Map<String, T> choices, T otherwise) {
        Optional<String> word = text(name);
        require(
                word.isEmpty() || choices.containsKey(word.get()),
                name,
                "one of " + String.join(", ", choices.keySet()));
        return word.map(choices::get).orElse(otherwise);
    }

    private Optional<JsonNode> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    private static ObjectNode object(Buffer body) {
        try {
            if (JSON.readTree(utf8(body)) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw ApiProblem.badRequest(
                    "The body is not JSON: look at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ".");
        }
        throw ApiProblem.badRequest("The body has to be a JSON object.");
    }

    private static String utf8(Buffer body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.getBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ApiProblem.badRequest("The body is not UTF-8.");
        }
    }

    private static void require(boolean holds, String name, String expected) {
        if (!holds) {
            throw ApiProblem.badRequest("\"" + name + "\" has to be " + expected + ".");
        }
    }
}
