package io.weir.menu;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.weir.config.Place;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Where the values of a menu file begin, by their paths. For texts that have already been read without fault. */
final class Marks {
    private static final JsonFactory JSON = new JsonFactory();

    private final String file;
    private final Map<String, Position> positions = new HashMap<>();

    private Marks(String file) {
        this.file = file;
        positions.put("", new Position(1, 1));
    }

    /** Both from 1; a column counts characters, an emoji as one. */
    private record Position(int line, int column) {}

    static Marks ofYaml(String file, String text) {
        Marks marks = new Marks(file);
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root != null) {
                marks.add(root, "");
            }
        } catch (YAMLException e) {
            // What the strict reader took and this does not: then the line of the file has to do.
            marks.positions.keySet().removeIf(path -> !path.isEmpty());
        }
        return marks;
    }

    static Marks ofJson(String file, String text) {
        Marks marks = new Marks(file);
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            marks.add(json, "", text.lines().toList());
        } catch (IOException e) {
            marks.positions.keySet().removeIf(path -> !path.isEmpty());
        }
        return marks;
    }

    /** Of a value, or of what it should stand in. */
    Place at(String path) {
        String found = path;
        while (!positions.containsKey(found)) {
            found = found.substring(0, Math.max(0, Math.max(found.lastIndexOf('.'), found.lastIndexOf('['))));
        }
        Position position = positions.getOrDefault(found, new Position(1, 1));
        return new Place(file, position.line, position.column, path);
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + '.' + key;
    }

    private void add(Node node, String path) {
        Mark start = node.getStartMark();
        positions.putIfAbsent(path, new Position(start.getLine() + 1, start.getColumn() + 1));
        if (node instanceof SequenceNode list) {
            List<Node> items = list.getValue();
            for (int index = 0; index < items.size(); index++) {
                add(items.get(index), path + '[' + index + ']');
            }
        } else if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key) {
                    add(entry.getValueNode(), join(path, key.getValue()));
                }
            }
        }
    }

    private void add(JsonParser json, String path, List<String> lines) throws IOException {
        positions.putIfAbsent(path, position(json.currentTokenLocation(), lines));
        if (json.currentToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                add(json, join(path, name), lines);
            }
        } else if (json.currentToken() == JsonToken.START_ARRAY) {
            for (int index = 0; json.nextToken() != JsonToken.END_ARRAY; index++) {
                add(json, path + '[' + index + ']', lines);
            }
        }
    }

    private static Position position(JsonLocation location, List<String> lines) {
        String line = lines.get(location.getLineNr() - 1);
        int before = Math.min(line.length(), Math.max(0, location.getColumnNr() - 1));
        return new Position(location.getLineNr(), line.codePointCount(0, before) + 1);
    }
}
