package io.weir.backend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.weir.wechat.message.PushField;
import io.weir.wechat.message.PushField.Kind;
import io.weir.wechat.message.PushType;
import io.weir.wechat.xml.XmlElement;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A push as JSON, under WeChat's names: numbers and lists are what the records say, identifiers and all that no record reads are
 * texts, an element with elements inside is an object.
 */
final class PushJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Map<PushType<?>, Fields> BY_TYPE = new ConcurrentHashMap<>();

    private PushJson() {}

    static ObjectNode of(XmlElement root, PushType<?> type) {
        return object(
                root,
                BY_TYPE.computeIfAbsent(
                        type, each -> Fields.of(PushField.of(each)).with(head())));
    }

    /** What all pushes have that is no text. */
    private static Fields head() {
        return Fields.of(List.of(new PushField("CreateTime", Kind.TIME, true, List.of())));
    }

    private static ObjectNode object(XmlElement element, Fields fields) {
        ObjectNode object = NODES.objectNode();
        for (XmlElement child : element.children()) {
            String name = child.name();
            PushField field = fields.get(name);
            JsonNode value = value(child, field, fields);
            if (value == null) {
                continue;
            }
            JsonNode before = object.get(name);
            if (before instanceof ArrayNode list) {
                list.add(value);
            } else if (before != null) {
                object.set(name, NODES.arrayNode().add(before).add(value));
            } else {
                object.set(
                        name,
                        field != null && isList(field.kind())
                                ? NODES.arrayNode().add(value)
                                : value);
            }
        }
        return object;
    }

    private static boolean isList(Kind kind) {
        return kind == Kind.LIST || kind == Kind.LIST_WITHIN || kind == Kind.INTEGERS;
    }

    /** Null for a number that is not there, though its element is. */
    private static @Nullable JsonNode value(XmlElement element, @Nullable PushField field, Fields around) {
        Kind kind = field == null ? Kind.TEXT : field.kind();
        boolean inside = kind == Kind.OBJECT || kind == Kind.LIST || kind == Kind.LIST_WITHIN;
        if (inside || !element.children().isEmpty()) {
            return object(
                    element,
                    field == null ? around.within() : Fields.of(field.fields()).with(around.within()));
        }
        String text = element.text();
        try {
            return switch (kind) {
                case INTEGER, INTEGERS, TIME -> LongNode.valueOf(Long.parseLong(text.strip()));
                case DECIMAL -> DecimalNode.valueOf(new BigDecimal(text.strip()));
                default -> TextNode.valueOf(text);
            };
        } catch (NumberFormatException absent) {
            return null;
        }
    }

    /**
     * Fields by name.
     *
     * @param deep lists wherever they stand below
     */
    private record Fields(Map<String, PushField> byName, Map<String, PushField> deep) {
        static Fields of(List<PushField> fields) {
            Map<String, PushField> byName = new HashMap<>();
            Map<String, PushField> deep = new HashMap<>();
            for (PushField field : fields) {
                (field.kind() == Kind.LIST_WITHIN ? deep : byName).put(field.name(), field);
            }
            return new Fields(byName, deep);
        }

        @Nullable
        PushField get(String name) {
            PushField field = byName.get(name);
            return field == null ? deep.get(name) : field;
        }

        Fields within() {
            return new Fields(Map.of(), deep);
        }

        Fields with(Fields others) {
            Map<String, PushField> allByName = new HashMap<>(others.byName);
            allByName.putAll(byName);
            Map<String, PushField> allDeep = new HashMap<>(others.deep);
            allDeep.putAll(deep);
            return new Fields(allByName, allDeep);
        }
    }
}
