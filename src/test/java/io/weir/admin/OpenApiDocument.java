package io.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.weir.admin.AdminRoutes.OpenApi;
import io.weir.admin.TestAdmin.Reply;
import io.weir.http.api.ApiRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An OpenAPI document as a test reads it, and the little of JSON Schema that Weir's has. */
final class OpenApiDocument {
    static final OpenApiDocument SHIPPED = shipped();

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final Set<String> KEYWORDS = Set.of(
            "$ref",
            "type",
            "enum",
            "required",
            "properties",
            "items",
            "minimum",
            "pattern",
            "additionalProperties",
            "description",
            "default");

    final JsonNode root;

    OpenApiDocument(JsonNode root) {
        this.root = root;
    }

    private static OpenApiDocument shipped() {
        ApiRequest nobody = new ApiRequest(
                Map.of(),
                MultiMap.caseInsensitiveMultiMap(),
                MultiMap.caseInsensitiveMultiMap(),
                Buffer.buffer(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                "127.0.0.1");
        return new OpenApiDocument(
                TestAdmin.parse(OpenApi.document(nobody).result().body()));
    }

    /** One method of a path. */
    record Operation(String method, String path, JsonNode json) {
        /** Whether its answer does not end by itself. */
        boolean isStream() {
            return json.at("/responses/200/content").has("text/event-stream");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Operation> operations() {
        List<Operation> found = new ArrayList<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(entry -> METHODS.contains(entry.getKey()))
                        .forEach(entry -> found.add(new Operation(
                                entry.getKey().toUpperCase(Locale.ROOT), path.getKey(), entry.getValue()))));
        return found;
    }

    /** What a reference leads to; the node itself where it is none. */
    JsonNode resolve(JsonNode node) {
        if (!node.has("$ref")) {
            return node;
        }
        String reference = node.path("$ref").asText();
        assertThat(reference).startsWith("#/");
        JsonNode target = root.at(reference.substring(1));
        assertThat(target.isMissingNode()).as(reference + " leads nowhere").isFalse();
        return resolve(target);
    }

    /** Compares an answer with what the document says of it. 405 is told of once for all paths. */
    void check(String method, String path, Reply reply) {
        Optional<Operation> operation = find(method, path.replaceFirst("\\?.*", ""));
        String type = reply.header("content-type").replaceFirst(";.*", "");
        if (operation.isEmpty()) {
            assertThat(reply.status()).as(method + " " + path).isIn(401, 403, 404, 405);
            assertThat(violations(reply.json(), schema("Problem"))).isEmpty();
            return;
        }
        String place = operation.get() + " answering " + reply.status();
        JsonNode response = resolve(operation.get().json().path("responses").path(Integer.toString(reply.status())));
        assertThat(response.isMissingNode()).as(place + " is not documented").isFalse();
        if (reply.status() == 204) {
            assertThat(reply.text()).isEmpty();
            assertThat(response.has("content")).isFalse();
            return;
        }
        JsonNode content = response.path("content");
        JsonNode schema = (content.has(type) ? content.path(type) : content.path("*/*")).path("schema");
        assertThat(schema.isMissingNode())
                .as(place + " with " + type + " is not documented")
                .isFalse();
        if (type.endsWith("json")) {
            assertThat(violations(reply.json(), schema))
                    .as(place + ": " + reply.text())
                    .isEmpty();
        }
    }

    JsonNode schema(String name) {
        return root.path("components").path("schemas").path(name);
    }

    private Optional<Operation> find(String method, String path) {
        return operations().stream()
                .filter(each -> each.method().equals(method)
                        && Pattern.matches(
                                each.path().replace("{path}", ".*").replaceAll("\\{[a-zA-Z]+}", "[^/]+"), path))
                .findFirst();
    }

    /** What of a value is not as a schema wants it; members that it does not name are a violation as well. */
    List<String> violations(JsonNode value, JsonNode referred) {
        JsonNode schema = resolve(referred);
        schema.fieldNames().forEachRemaining(keyword -> assertThat(keyword).isIn(KEYWORDS));
        List<String> found = new ArrayList<>();
        if (schema.has("type") && !hasType(value, schema.path("type").asText())) {
            found.add(value + " is not of type " + schema.path("type").asText());
        }
        if (schema.has("enum") && !stream(schema.path("enum")).toList().contains(value)) {
            found.add(value + " is none of " + schema.path("enum"));
        }
        if (schema.has("minimum") && value.asLong() < schema.path("minimum").asLong()) {
            found.add(value + " is too small");
        }
        stream(schema.path("required"))
                .filter(name -> !value.has(name.asText()))
                .forEach(name -> found.add(name + " is missing in " + value));
        if (schema.has("properties")) {
            value.properties().forEach(member -> found.addAll(member(member, schema)));
        }
        if (schema.has("items")) {
            stream(value).forEach(item -> found.addAll(violations(item, schema.path("items"))));
        }
        return found;
    }

    private List<String> member(Map.Entry<String, JsonNode> member, JsonNode schema) {
        JsonNode known = schema.path("properties").path(member.getKey());
        return known.isMissingNode()
                ? List.of(member.getKey() + " is not documented")
                : violations(member.getValue(), known);
    }

    private static boolean hasType(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> throw new AssertionError("a type that the test does not know: " + type);
        };
    }

    static Stream<JsonNode> stream(JsonNode list) {
        return list.valueStream();
    }
}
