package io.weir.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.weir.backend.BackendFormat.Answer;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.Samples;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BackendSchemasTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FILES = Path.of("src/main/resources/io/weir/backend");

    /** Where they differ, {@code -Dweir.write=true} writes the files anew. */
    @ParameterizedTest
    @CsvSource({"push.schema.json", "reply.schema.json"})
    void areTheFilesOfTheJar(String file) throws IOException {
        ObjectNode schema = file.startsWith("push") ? BackendSchemas.push() : BackendSchemas.reply();
        if (Boolean.getBoolean("weir.write")) {
            Files.createDirectories(FILES);
            Files.writeString(FILES.resolve(file), schema.toPrettyString() + "\n");
        }

        assertThat(schema).isEqualTo(JSON.readTree(FILES.resolve(file).toFile()));
    }

    @ParameterizedTest
    @MethodSource("io.weir.wechat.message.Samples#names")
    void describeEverySample(String name) throws IOException {
        PushType<?> type = Samples.push(name).type();
        StringWriter written = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(written)) {
            PushJson.write(Samples.root(Samples.bytes(name)), type, json);
        }
        JsonNode data = JSON.readTree(written.toString());

        List<String> problems = new ArrayList<>();
        JsonNode schema = BackendSchemas.push().at("/$defs").path(JsonFormat.type(type));
        check(data, schema, "data", problems);

        assertThat(problems).isEmpty();
        assertThat(schema.isMissingNode()).isEqualTo(type == PushType.UNKNOWN);
    }

    @Test
    void nameTheFieldsOfReplyAsTheReaderDoes() {
        JsonNode kinds = BackendSchemas.reply().path("properties");
        JsonFormat format = new JsonFormat(new WebhookSigner(List.of()), Clock.systemUTC());

        List<Reply> replies = new ArrayList<>();
        kinds.properties()
                .forEach(kind -> replies.add(format.read(
                        new Answer(
                                "application/json", Buffer.buffer(example(kind).toString())),
                        Deliveries.of(Samples.message("text", "<Content>a</Content>")))));

        assertThat(replies)
                .containsExactlyInAnyOrder(
                        Reply.NONE,
                        new Reply.Text("x"),
                        new Reply.Image("x"),
                        new Reply.Voice("x"),
                        new Reply.Video("x", Optional.of("x"), Optional.of("x")),
                        new Reply.Music("x", Optional.of("x"), Optional.of("x"), Optional.of("x"), Optional.of("x")),
                        new Reply.News(List.of(new Reply.Article("x", "x", "x", "x"))),
                        new Reply.TransferToService(Optional.of("x")));
    }

    private static ObjectNode example(Map.Entry<String, JsonNode> kind) {
        ObjectNode reply = JSON.createObjectNode();
        reply.set(kind.getKey(), value(kind.getValue()));
        return reply;
    }

    /** Something that the schema allows, with everything that it knows. */
    private static JsonNode value(JsonNode schema) {
        if (schema.has("const")) {
            return schema.path("const");
        }
        return switch (schema.path("type").asText()) {
            case "string" -> JSON.getNodeFactory().textNode("x");
            case "array" -> JSON.createArrayNode().add(value(schema.path("items")));
            default -> {
                ObjectNode object = JSON.createObjectNode();
                schema.path("properties")
                        .properties()
                        .forEach(each -> object.set(each.getKey(), value(each.getValue())));
                yield object;
            }
        };
    }

    private static void check(JsonNode value, JsonNode schema, String path, List<String> problems) {
        boolean fits = switch (schema.path("type").asText()) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> true;
        };
        if (!fits) {
            problems.add(path + " is " + value);
        }
        schema.path("required").forEach(name -> {
            if (!value.has(name.asText())) {
                problems.add(path + " lacks " + name.asText());
            }
        });
        if (value.isArray()) {
            value.forEach(item -> check(item, schema.path("items"), path + "[]", problems));
        }
        value.properties().forEach(each -> {
            JsonNode known = schema.path("properties").path(each.getKey());
            JsonNode of = known.isMissingNode() ? schema.path("additionalProperties") : known;
            check(each.getValue(), of, path + "." + each.getKey(), problems);
        });
    }
}
