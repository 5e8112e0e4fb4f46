package io.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.client.WeChatException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The fields of an answer, read leniently: numbers may be strings and strings numbers, unknown ones are ignored. Prints no value. */
public final class ResponseFields {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    private final Call call;
    private final JsonNode json;

    public ResponseFields(Call call, JsonNode json) {
        this.call = call;
        this.json = json;
    }

    /** Identifiers are texts, whatever they are on the wire; digits stay exactly as they came. */
    public Optional<String> find(String name) {
        JsonNode value = json.path(name);
        return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
    }

    /**
     * The text of a field that must be there.
     *
     * @throws WeChatException where there is none
     */
    public String text(String name) {
        return find(name).orElseThrow(() -> unlike("a text " + name));
    }

    /**
     * The number of a field that must be there.
     *
     * @throws WeChatException where there is no whole number
     */
    public long number(String name) {
        return findNumber(name).orElseThrow(() -> unlike("a whole number " + name));
    }

    public Optional<Long> findNumber(String name) {
        return find(name).filter(text -> NUMBER.matcher(text).matches()).map(Long::valueOf);
    }

    public Optional<ResponseFields> findObject(String name) {
        JsonNode value = json.path(name);
        return value.isObject() ? Optional.of(new ResponseFields(call, value)) : Optional.empty();
    }

    /**
     * The object of a field that must be there.
     *
     * @throws WeChatException where there is none
     */
    public ResponseFields object(String name) {
        return findObject(name).orElseThrow(() -> unlike("an object " + name));
    }

    /** The objects of a list; none where there is no list. */
    public <T> List<T> list(String name, Function<ResponseFields, T> reader) {
        List<T> items = new ArrayList<>();
        json.path(name).forEach(item -> items.add(reader.apply(new ResponseFields(call, item))));
        return List.copyOf(items);
    }

    /** The texts of a list; none where there is no list. */
    public List<String> texts(String name) {
        List<String> items = new ArrayList<>();
        json.path(name).forEach(item -> items.add(item.asText()));
        return List.copyOf(items);
    }

    /**
     * The whole numbers of a list; none where there is no list.
     *
     * @throws WeChatException where one of them is none
     */
    public List<Long> numbers(String name) {
        List<Long> items = new ArrayList<>();
        for (String item : texts(name)) {
            if (!NUMBER.matcher(item).matches()) {
                throw unlike("whole numbers in " + name);
            }
            items.add(Long.valueOf(item));
        }
        return List.copyOf(items);
    }

    /** The objects as they came. */
    public List<JsonNode> raw(String name) {
        List<JsonNode> items = new ArrayList<>();
        json.path(name).forEach(items::add);
        return List.copyOf(items);
    }

    public boolean has(String name) {
        return json.hasNonNull(name);
    }

    /** The answer is not what WeChat would say. */
    public WeChatException unlike(String expected) {
        return WeChatException.of(Kind.GARBAGE, "expected " + expected + " in the answer to " + call + ", got none");
    }

    @Override
    public String toString() {
        return "the answer to " + call;
    }
}
