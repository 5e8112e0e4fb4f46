package io.weir.backend;

import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.wechat.message.PushField;
import io.weir.wechat.message.PushField.Kind;
import io.weir.wechat.message.PushType;
import io.weir.wechat.xml.XmlElement;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A push as JSON, under WeChat's names: numbers and lists are what the records say, identifiers and all that no record reads are
 * texts, an element with elements inside is an object.
 */
final class PushJson {
    private static final Map<PushType<?>, Fields> BY_TYPE = new ConcurrentHashMap<>();

    private PushJson() {}

    /** Writes the value of a push, an object. */
    static void write(XmlElement root, PushType<?> type, JsonGenerator json) throws IOException {
        object(
                root,
                BY_TYPE.computeIfAbsent(
                        type, each -> Fields.of(PushField.of(each)).with(head())),
                json);
    }

    /** What all pushes have that is no text. */
    private static Fields head() {
        return Fields.of(List.of(new PushField("CreateTime", Kind.TIME, true, List.of())));
    }

    private static void object(XmlElement element, Fields fields, JsonGenerator json) throws IOException {
        json.writeStartObject();
        List<XmlElement> children = element.children();
        Set<String> repeated = repeated(children);
        Set<String> written = repeated.isEmpty() ? Set.of() : new HashSet<>();
        for (XmlElement child : children) {
            String name = child.name();
            PushField field = fields.get(name);
            if (repeated.contains(name)) {
                if (written.add(name)) {
                    list(name, element.children(name), field, fields, json);
                }
            } else if (field != null && isList(field.kind())) {
                list(name, List.of(child), field, fields, json);
            } else if (isThere(child, field)) {
                json.writeFieldName(name);
                value(child, field, fields, json);
            }
        }
        json.writeEndObject();
    }

    /** The names that stand more than once. */
    private static Set<String> repeated(List<XmlElement> children) {
        Set<String> seen = new HashSet<>();
        Set<String> repeated = Set.of();
        for (XmlElement child : children) {
            if (!seen.add(child.name())) {
                repeated = repeated.isEmpty() ? new HashSet<>() : repeated;
                repeated.add(child.name());
            }
        }
        return repeated;
    }

    private static void list(
            String name, List<XmlElement> elements, @Nullable PushField field, Fields around, JsonGenerator json)
            throws IOException {
        List<XmlElement> there =
                elements.stream().filter(each -> isThere(each, field)).toList();
        if (there.size() == 1 && (field == null || !isList(field.kind()))) {
            json.writeFieldName(name);
            value(there.get(0), field, around, json);
        } else if (!there.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (XmlElement each : there) {
                value(each, field, around, json);
            }
            json.writeEndArray();
        }
    }

    private static boolean isList(Kind kind) {
        return kind == Kind.LIST || kind == Kind.LIST_WITHIN || kind == Kind.INTEGERS;
    }

    private static boolean isObject(XmlElement element, Kind kind) {
        return kind == Kind.OBJECT
                || kind == Kind.LIST
                || kind == Kind.LIST_WITHIN
                || !element.children().isEmpty();
    }

    private static Kind kind(@Nullable PushField field) {
        return field == null ? Kind.TEXT : field.kind();
    }

    /** Not a number whose element has none. */
    private static boolean isThere(XmlElement element, @Nullable PushField field) {
        Kind kind = kind(field);
        return isObject(element, kind)
                || !isNumber(kind)
                || number(element, kind).isPresent();
    }

    private static boolean isNumber(Kind kind) {
        return kind == Kind.INTEGER || kind == Kind.INTEGERS || kind == Kind.TIME || kind == Kind.DECIMAL;
    }

    private static Optional<Number> number(XmlElement element, Kind kind) {
        try {
            String text = element.text().strip();
            return Optional.of(kind == Kind.DECIMAL ? new BigDecimal(text) : (Number) Long.valueOf(text));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static void value(XmlElement element, @Nullable PushField field, Fields around, JsonGenerator json)
            throws IOException {
        Kind kind = kind(field);
        if (isObject(element, kind)) {
            object(
                    element,
                    field == null ? around.within() : Fields.of(field.fields()).with(around.within()),
                    json);
        } else if (!isNumber(kind)) {
            json.writeString(element.text());
        } else if (number(element, kind).orElseThrow() instanceof BigDecimal decimal) {
            json.writeNumber(decimal);
        } else {
            json.writeNumber(number(element, kind).orElseThrow().longValue());
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
