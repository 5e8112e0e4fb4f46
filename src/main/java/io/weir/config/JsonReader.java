package io.weir.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.weir.config.Node.Entry;
import io.weir.config.Node.Mapping;
import io.weir.config.Node.Scalar;
import io.weir.config.Node.Sequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Builds nodes from Jackson's tokens: the JSON that people write. A key that stands twice is refused here, as in YAML, and not
 * by Jackson's detection, which does not tell where the second begins.
 */
public final class JsonReader {
    /** What a problem says is found where an escape makes half of a character: UTF-8 cannot write it. */
    public static final String HALF_CHARACTER = "half of a pair of \\u escapes";

    static final int MAX_DEPTH = 32;
    static final int MAX_NUMBER = 82;

    /** Beyond Java's own numbers; and no record of ours counts so far. */
    private static final Pattern HUGE_EXPONENT = Pattern.compile("[eE][+-]?[0-9]{4,}$");

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .build();

    private final JsonParser json;
    private final JsonFault fault;

    private JsonReader(JsonParser json, JsonFault fault) {
        this.json = json;
        this.fault = fault;
    }

    /**
     * The object that the whole text is; a byte order mark before it is allowed.
     *
     * @param file how the problem names it
     * @throws ConfigException with the one problem that makes the text unreadable
     */
    public static Mapping read(String file, String text) {
        String clean = FileText.withoutMark(text);
        try (JsonParser json = JSON.createParser(clean.toCharArray())) {
            JsonFault fault = new JsonFault(file, clean, json);
            try {
                return new JsonReader(json, fault).document();
            } catch (JsonProcessingException e) {
                throw fault.explained(e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Mapping document() throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw fault.unexpected();
        }
        Mapping root = mapping(json.currentTokenLocation());
        if (json.nextToken() != null) {
            throw fault.unexpected();
        }
        return root;
    }

    private Mapping mapping(JsonLocation start) throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            JsonLocation place = json.currentTokenLocation();
            String key = whole(json.currentName());
            if (entries.containsKey(key)) {
                throw fault.at(
                        place,
                        "the key \"" + key + "\" a second time",
                        "expected every key once",
                        "remove one of them");
            }
            json.nextToken();
            entries.put(key, new Entry(place.getLineNr(), value()));
        }
        return new Mapping(start.getLineNr(), fault.column(start), entries);
    }

    private Node value() throws IOException {
        JsonLocation start = json.currentTokenLocation();
        return switch (json.currentToken()) {
            case START_OBJECT -> mapping(start);
            case START_ARRAY -> sequence(start);
            case VALUE_STRING ->
                new Scalar(start.getLineNr(), fault.column(start), whole(json.getText()), false, false);
            default -> new Scalar(start.getLineNr(), fault.column(start), word(start), true, false);
        };
    }

    private Sequence sequence(JsonLocation start) throws IOException {
        List<Node> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(value());
        }
        return new Sequence(start.getLineNr(), fault.column(start), items);
    }

    private String word(JsonLocation start) throws IOException {
        String word = json.getText();
        if (HUGE_EXPONENT.matcher(word).find()) {
            throw fault.hugeNumber(start);
        }
        return word;
    }

    private String whole(String text) {
        boolean plain = text.chars().noneMatch(each -> Character.isSurrogate((char) each));
        if (!plain && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw fault.at(
                    json.currentTokenLocation(), HALF_CHARACTER, "expected both halves", "write the character itself");
        }
        return text;
    }
}
