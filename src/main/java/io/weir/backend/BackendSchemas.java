package io.weir.backend;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.http.api.Access;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiRoute;
import io.weir.wechat.message.PushField;
import io.weir.wechat.message.PushField.Kind;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.Reply.Article;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a backend of format json is sent and may answer, as JSON Schema: made of the records and of what their constructors read, so
 * that a new kind of push describes itself.
 */
public final class BackendSchemas {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** What replies.yaml calls otherwise than the record. */
    private static final Map<String, String> WORDS =
            Map.of("musicUrl", "url", "hqMusicUrl", "hqUrl", "kfAccount", "account");

    private BackendSchemas() {}

    /** The routes that publish them; they are also files of the jar, {@code io/weir/backend/*.schema.json}. */
    public static List<ApiRoute> routes() {
        return List.of(
                ApiRoute.get("/api/v1/schemas/push", Access.OPERATOR, request -> answer(push())),
                ApiRoute.get("/api/v1/schemas/reply", Access.OPERATOR, request -> answer(reply())));
    }

    private static Future<ApiAnswer> answer(ObjectNode schema) {
        return Future.succeededFuture(ApiAnswer.json(schema));
    }

    /** Of the request's body. */
    static ObjectNode push() {
        ObjectNode schema = schema("Push", "What Weir posts: a CloudEvent 1.0 in structured mode.");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("specversion").put("const", "1.0");
        string(properties, "id", "The same in every repeat of the push; also header webhook-id.");
        string(properties, "source", "weir/ and the account's name in weir.yaml.");
        string(properties, "type", "weixin.event. or weixin.message. and WeChat's name of the kind.");
        string(properties, "subject", "The openid of the user.");
        string(properties, "time", "CreateTime of the push.").put("format", "date-time");
        integer(properties, "attempt", "Which of WeChat's attempts started this run, from 1.");
        flag(properties, "redelivered", "Whether another run of the push may have begun somewhere.");
        flag(
                properties,
                "replay",
                "Whether an operator has it handled once more: do nothing that must not be done twice.");
        integer(properties, "remainingms", "How many milliseconds Weir waits for the answer.");
        properties.putObject("datacontenttype").put("const", "application/json");
        properties.putObject("data").put("type", "object");
        required(schema, List.of("specversion", "id", "source", "type", "attempt", "redelivered", "replay", "data"));
        ArrayNode kinds = schema.putArray("allOf");
        ObjectNode definitions = schema.putObject("$defs");
        for (PushType<?> type : PushType.all()) {
            if (type != PushType.UNKNOWN) {
                String name = JsonFormat.type(type);
                definitions.set(name, data(type));
                ObjectNode kind = kinds.addObject();
                kind.putObject("if").putObject("properties").putObject("type").put("const", name);
                kind.putObject("then").putObject("properties").putObject("data").put("$ref", "#/$defs/" + name);
            }
        }
        return schema;
    }

    private static ObjectNode data(PushType<?> type) {
        ObjectNode data = object(PushField.of(type));
        ObjectNode properties = data.withObject("properties");
        for (String text : List.of("ToUserName", "FromUserName", "MsgType")) {
            properties.putObject(text).put("type", "string");
        }
        properties.putObject("CreateTime").put("type", "integer");
        ArrayNode required = data.withArray("required");
        List.of("ToUserName", "FromUserName", "CreateTime", "MsgType").forEach(required::add);
        return data;
    }

    /** Elements that no record reads may be there as well. */
    private static ObjectNode object(List<PushField> fields) {
        ObjectNode object = NODES.objectNode().put("type", "object");
        ObjectNode properties = object.putObject("properties");
        for (PushField field : fields) {
            if (field.kind() != Kind.LIST_WITHIN) {
                properties.set(field.name(), value(field));
            } else {
                // At whatever depth: here, or inside of whatever stands here.
                properties.set(field.name(), list(field));
                object.putObject("additionalProperties").putObject("properties").set(field.name(), list(field));
            }
        }
        List<String> required =
                fields.stream().filter(PushField::required).map(PushField::name).toList();
        required(object, required);
        return object;
    }

    private static ObjectNode value(PushField field) {
        return switch (field.kind()) {
            case TEXT -> type("string");
            case INTEGER, TIME -> type("integer");
            case DECIMAL -> type("number");
            case INTEGERS -> {
                ObjectNode list = type("array");
                list.set("items", type("integer"));
                yield list;
            }
            case OBJECT -> object(field.fields());
            case LIST, LIST_WITHIN -> list(field);
        };
    }

    private static ObjectNode list(PushField field) {
        ObjectNode list = type("array");
        list.set("items", object(field.fields()));
        return list;
    }

    /** Of the answer's body. */
    static ObjectNode reply() {
        ObjectNode schema = schema("Reply", "What a backend answers with status 200; 204 without a body for no reply.");
        schema.put("minProperties", 1).put("maxProperties", 1).put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        for (Class<?> kind : Reply.class.getPermittedSubclasses()) {
            // A backend that has nothing to say says so with none: what its rule has otherwise is for when it fails.
            if (!kind.equals(Reply.Configured.class)) {
                String name = kind.getSimpleName();
                properties.set(
                        Character.toLowerCase(name.charAt(0)) + name.substring(1), reply(kind.getRecordComponents()));
            }
        }
        return schema;
    }

    private static ObjectNode reply(RecordComponent[] components) {
        if (components.length == 0) {
            return NODES.objectNode().put("const", true);
        }
        boolean bare = components.length == 1 && components[0].getType() != Optional.class;
        return bare ? component(components[0]) : record(components);
    }

    private static ObjectNode record(RecordComponent[] components) {
        ObjectNode object = type("object").put("additionalProperties", false);
        ObjectNode properties = object.putObject("properties");
        for (RecordComponent component : components) {
            properties.set(word(component), component(component));
        }
        required(
                object,
                Arrays.stream(components)
                        .filter(component -> component.getType() != Optional.class)
                        .map(BackendSchemas::word)
                        .toList());
        return object;
    }

    private static ObjectNode component(RecordComponent component) {
        if (component.getType() != List.class) {
            return type("string");
        }
        ObjectNode list = type("array").put("minItems", 1);
        list.set("items", record(Article.class.getRecordComponents()));
        return list;
    }

    private static String word(RecordComponent component) {
        return WORDS.getOrDefault(component.getName(), component.getName());
    }

    private static ObjectNode schema(String title, String description) {
        return NODES.objectNode()
                .put("$schema", DIALECT)
                .put("title", title)
                .put("description", description)
                .put("type", "object");
    }

    private static ObjectNode type(String type) {
        return NODES.objectNode().put("type", type);
    }

    private static ObjectNode string(ObjectNode properties, String name, String description) {
        return properties.putObject(name).put("type", "string").put("description", description);
    }

    private static void integer(ObjectNode properties, String name, String description) {
        properties.putObject(name).put("type", "integer").put("description", description);
    }

    private static void flag(ObjectNode properties, String name, String description) {
        properties.putObject(name).put("type", "boolean").put("description", description);
    }

    private static void required(ObjectNode schema, List<String> names) {
        names.forEach(schema.withArray("required")::add);
    }
}
