package io.weir.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.weir.config.Node.Mapping;
import io.weir.config.Node.Scalar;
import io.weir.config.Node.Sequence;
import io.weir.config.YamlPieces.Member;
import io.weir.config.YamlPieces.Piece;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes values in the text of a YAML file whose root is a map of maps. All else stays as somebody wrote it: comments, order,
 * quotes, line breaks. Of a value that is changed only the texts that differ are replaced. The result is read again and compared with
 * what was wanted; where it is another, nothing is changed. Not for use by several threads.
 */
public final class YamlEdit {
    private static final String DEFAULT = "default";
    private static final String BY_HAND = "change the file by hand";

    private final String file;
    private final boolean marked;
    private final String lineBreak;
    private String text;
    private ObjectNode wanted;

    private YamlEdit(String file, String text) {
        this.file = file;
        this.marked = !FileText.withoutMark(text).equals(text);
        this.text = FileText.withoutMark(text);
        this.lineBreak = this.text.contains("\r\n") ? "\r\n" : "\n";
        this.wanted = read(file, this.text);
    }

    /**
     * One change of a value under two keys. Without any of the optional parts the value is removed, and with the last of a section
     * the section.
     *
     * @param value the new value; a key that is not there is added
     * @param name the new key
     * @param before the key that it stands before from now on; blank for the end. What is added without it stands last, but before
     *     {@code default} where that is last
     */
    public record Change(
            String section, String key, Optional<JsonNode> value, Optional<String> name, Optional<String> before) {
        boolean removes() {
            return value.isEmpty() && name.isEmpty() && before.isEmpty();
        }
    }

    /**
     * The text after these changes, one after the other.
     *
     * @param file how problems name it
     * @throws ConfigException with the problem that is in the way; nothing is changed then
     */
    public static String apply(String file, String text, List<Change> changes) {
        YamlEdit edit = new YamlEdit(file, text);
        changes.forEach(edit::apply);
        String result = edit.marked ? "\uFEFF" + edit.text : edit.text;
        ObjectNode changed = read(file, result);
        if (!changed.equals(edit.wanted) || !order(changed).equals(order(edit.wanted))) {
            throw refused(file, 0, "", "a layout in which this change would touch more than its rule");
        }
        return result;
    }

    /**
     * What a YAML text says, each value as the text that it is.
     *
     * @throws ConfigException where it cannot be read
     */
    public static ObjectNode read(String file, String text) {
        Problems problems = new Problems();
        Node root = YamlReader.read(Place.root(file), text, problems);
        problems.throwIfErrors();
        return json(root) instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }

    /** What a node says, each value as the text that it is, null where nothing is said. */
    public static JsonNode json(Node node) {
        if (node instanceof Mapping map) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            map.entries().forEach((key, entry) -> object.set(key, json(entry.value())));
            return object;
        }
        if (node instanceof Sequence list) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            list.items().forEach(item -> array.add(json(item)));
            return array;
        }
        return node.isAbsent() ? NullNode.instance : TextNode.valueOf(((Scalar) node).text());
    }

    /** The keys of both levels: within a value their order says nothing. */
    private static List<List<String>> order(ObjectNode root) {
        List<List<String>> order = new ArrayList<>();
        root.properties().forEach(each -> {
            List<String> names = new ArrayList<>(List.of(each.getKey()));
            each.getValue().fieldNames().forEachRemaining(names::add);
            order.add(names);
        });
        return order;
    }

    private void apply(Change change) {
        Optional<Member> section = root().member(change.section);
        Optional<Member> member = section.flatMap(each -> each.value().member(change.key));
        section.ifPresent(each -> refuseShared(change, each.value(), false));
        member.ifPresent(each -> refuseShared(change, each.value(), true));
        if (member.isEmpty() && change.value.isEmpty()) {
            throw refused(file, 0, path(change), "no such rule");
        }
        Map<String, JsonNode> rules = rules(change.section);
        if (change.removes()) {
            remove(section.orElseThrow(), member.orElseThrow());
            rules.remove(change.key);
        } else {
            if (change.value.isPresent()) {
                set(change, section, member, change.value.get());
                put(rules, change, plain(change.value.get()));
            }
            change.name.ifPresent(name -> rename(change, name));
            String key = change.name.orElse(change.key);
            if (member.isPresent()) {
                change.before.ifPresent(before -> move(change.section, key, before));
            }
            rules = moved(rules, change, key);
        }
        want(change.section, rules);
    }

    // --- What is wanted
    // ---------------------------------------------------------------------------------------------------

    private Map<String, JsonNode> rules(String section) {
        Map<String, JsonNode> rules = new LinkedHashMap<>();
        wanted.path(section).properties().forEach(each -> rules.put(each.getKey(), each.getValue()));
        return rules;
    }

    private static void put(Map<String, JsonNode> rules, Change change, JsonNode value) {
        boolean adds = !rules.containsKey(change.key) && !change.key.equals(DEFAULT);
        String last = rules.keySet().stream().reduce("", (one, next) -> next);
        JsonNode fallback = rules.get(DEFAULT);
        rules.put(change.key, value);
        if (adds && last.equals(DEFAULT) && change.before.isEmpty() && fallback != null) {
            rules.remove(DEFAULT);
            rules.put(DEFAULT, fallback);
        }
    }

    /** The rules under their new names and in their new order. */
    private Map<String, JsonNode> moved(Map<String, JsonNode> rules, Change change, String key) {
        if (!key.equals(change.key) && rules.containsKey(key)) {
            throw refused(file, 0, Place.path(change.section, key), "a rule for this key already");
        }
        Map<String, JsonNode> moved = new LinkedHashMap<>();
        JsonNode own = rules.getOrDefault(change.key, NullNode.instance);
        rules.forEach((each, value) -> {
            if (change.before.filter(each::equals).isPresent()) {
                moved.put(key, own);
            }
            if (!each.equals(change.key)) {
                moved.put(each, value);
            } else if (change.before.isEmpty()) {
                moved.put(key, own);
            }
        });
        moved.putIfAbsent(key, own);
        return moved;
    }

    private void want(String section, Map<String, JsonNode> rules) {
        ObjectNode next = JsonNodeFactory.instance.objectNode();
        wanted.properties().forEach(each -> next.set(each.getKey(), each.getValue()));
        if (rules.isEmpty()) {
            next.remove(section);
        } else {
            ObjectNode entries = next.putObject(section);
            rules.forEach(entries::set);
        }
        wanted = next;
    }

    private static JsonNode plain(JsonNode value) {
        if (value.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(each -> object.set(each.getKey(), plain(each.getValue())));
            return object;
        }
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            value.forEach(each -> array.add(plain(each)));
            return array;
        }
        return value.isNull() ? value : TextNode.valueOf(value.asText());
    }

    // --- The text
    // ---------------------------------------------------------------------------------------------------------

    private Piece root() {
        return YamlPieces.of(text);
    }

    private void set(Change change, Optional<Member> section, Optional<Member> member, JsonNode value) {
        if (member.isPresent()) {
            List<Splice> splices = new ArrayList<>();
            replace(member.get(), value, splices);
            splice(splices);
        } else if (section.isPresent()) {
            add(section.get(), change.key, value, change.before);
        } else {
            addSection(change.section, change.key, value);
        }
    }

    /** Replaces as little as possible: a map or list of the same shape is gone through, a text that is the same stays. */
    private void replace(Member member, JsonNode value, List<Splice> splices) {
        Piece now = member.value();
        if (now.json().equals(plain(value))) {
            return;
        }
        if (now.isMap() && value.isObject() && now.names().equals(names(value))) {
            now.members().forEach(each -> replace(each, value.path(each.name()), splices));
        } else if (now.isList()
                && value.isArray()
                && value.size() == now.items().size()) {
            for (int index = 0; index < value.size(); index++) {
                Piece item = now.items().get(index);
                replace(new Member("", item.start(), item.start(), item), value.get(index), splices);
            }
        } else if (now.isMap() || now.isList() || value.isContainerNode()) {
            replaceWhole(member, value, splices);
        } else {
            boolean glued = now.start() > 0 && text.charAt(now.start() - 1) == ':';
            splices.add(new Splice(now.start(), now.end(), (glued ? " " : "") + YamlWriter.flow(value)));
        }
    }

    /** From behind the colon on, unless a comment stands there. */
    private void replaceWhole(Member member, JsonNode value, List<Splice> splices) {
        Piece now = member.value();
        int colon = text.indexOf(':', member.keyEnd());
        boolean direct = colon >= 0
                && colon < now.start()
                && text.substring(colon + 1, now.start()).isBlank();
        String written = now.inFlow() || !direct
                ? YamlWriter.flow(value)
                : YamlWriter.value(value, indent(member) + "  ", lineBreak);
        String blank = written.startsWith(lineBreak) || !direct ? "" : " ";
        splices.add(new Splice(direct ? colon + 1 : now.start(), now.end(), blank + written));
    }

    private static List<String> names(JsonNode value) {
        List<String> names = new ArrayList<>();
        value.fieldNames().forEachRemaining(names::add);
        return names.stream().sorted().toList();
    }

    private void add(Member section, String key, JsonNode value, Optional<String> before) {
        Piece rules = section.value();
        if (!rules.isMap() || rules.members().isEmpty()) {
            addFirst(section, key, value);
            return;
        }
        Member last = rules.members().get(rules.members().size() - 1);
        Optional<Member> target = before.filter(each -> !each.isEmpty())
                .flatMap(rules::member)
                .or(() -> Optional.of(last)
                        .filter(each -> before.isEmpty() && each.name().equals(DEFAULT)));
        String entry = YamlWriter.key(key) + ":";
        if (rules.isFlow()) {
            String written = entry + " " + YamlWriter.flow(value);
            target.ifPresentOrElse(
                    each -> insert(each.start(), written + ", "),
                    () -> insert(last.value().end(), ", " + written));
            return;
        }
        String indent = indent(last);
        String written = indent + entry + spaced(YamlWriter.value(value, indent + "  ", lineBreak));
        target.ifPresentOrElse(
                each -> insert(top(each), written + lineBreak),
                () -> insert(lineEnd(last.value().end()), lineBreak + written));
    }

    private String spaced(String written) {
        return written.startsWith(lineBreak) ? written : " " + written;
    }

    /** Into a section that has no rule yet. */
    private void addFirst(Member section, String key, JsonNode value) {
        Piece rules = section.value();
        String entry = YamlWriter.key(key) + ": " + YamlWriter.flow(value);
        if (rules.isMap()) {
            splice(List.of(new Splice(rules.start(), rules.end(), "{ " + entry + " }")));
        } else {
            int end = rules.inFlow() ? rules.end() : lineEnd(rules.end());
            String indent = lineBreak + indent(section) + "  ";
            splice(List.of(new Splice(
                    rules.start() == rules.end() ? end : rules.start(),
                    rules.start() == rules.end() ? end : rules.end(),
                    rules.inFlow() ? " { " + entry + " }" : indent + entry)));
        }
    }

    private void addSection(String name, String key, JsonNode value) {
        Piece root = root();
        String rule = YamlWriter.key(key) + ":";
        if (root.isMap() && root.isFlow()) {
            String entry = YamlWriter.key(name) + ": { " + rule + " " + YamlWriter.flow(value) + " }";
            boolean empty = root.members().isEmpty();
            insert(
                    empty
                            ? root.start() + 1
                            : root.members()
                                    .get(root.members().size() - 1)
                                    .value()
                                    .end(),
                    empty ? entry : ", " + entry);
            return;
        }
        String indent = root.isMap() ? indent(root.members().get(0)) : "";
        String written = indent + YamlWriter.key(name) + ":" + lineBreak + indent + "  " + rule
                + spaced(YamlWriter.value(value, indent + "    ", lineBreak)) + lineBreak;
        String gap = text.isEmpty() ? "" : text.endsWith("\n") ? lineBreak : lineBreak + lineBreak;
        text = text + gap + written;
    }

    private void remove(Member section, Member member) {
        Piece rules = section.value();
        if (rules.members().size() > 1) {
            splice(List.of(cut(rules, member)));
        } else if (rules.isFlow() || root().isFlow()) {
            splice(List.of(cut(root(), section)));
        } else {
            splice(List.of(new Splice(lineStart(section.start()), nextLine(section.keyEnd()), ""), cut(rules, member)));
        }
    }

    private Splice cut(Piece map, Member member) {
        int place = map.members().indexOf(member);
        if (!map.isFlow()) {
            return new Splice(lineStart(member.start()), nextLine(member.value().end()), "");
        }
        if (place + 1 < map.members().size()) {
            return new Splice(member.start(), map.members().get(place + 1).start(), "");
        }
        int from = place > 0 ? map.members().get(place - 1).value().end() : member.start();
        return new Splice(from, member.value().end(), "");
    }

    private void rename(Change change, String name) {
        Member member = member(change.section, change.key);
        splice(List.of(new Splice(member.start(), member.keyEnd(), YamlWriter.key(name))));
    }

    private void move(String section, String key, String before) {
        Piece rules = root().member(section).orElseThrow().value();
        Member member = rules.member(key).orElseThrow();
        if (before.equals(key) || (!before.isEmpty() && rules.member(before).isEmpty())) {
            throw refused(file, 0, Place.path(section, before), "no such rule to stand before");
        }
        int from = rules.isFlow() ? member.start() : top(member);
        String moved = text.substring(
                from,
                rules.isFlow() ? member.value().end() : lineEnd(member.value().end()));
        if (rules.members().size() == 1) {
            return;
        }
        Splice cut = cut(rules, member);
        splice(List.of(new Splice(Math.min(from, cut.start), cut.end, "")));
        Piece left = root().member(section).orElseThrow().value();
        Optional<Member> target = left.member(before);
        int end = left.members().get(left.members().size() - 1).value().end();
        if (left.isFlow()) {
            target.ifPresentOrElse(each -> insert(each.start(), moved + ", "), () -> insert(end, ", " + moved));
        } else {
            target.ifPresentOrElse(
                    each -> insert(top(each), moved + lineBreak), () -> insert(lineEnd(end), lineBreak + moved));
        }
    }

    private Member member(String section, String key) {
        return root().member(section).flatMap(each -> each.value().member(key)).orElseThrow();
    }

    /** Where a rule begins, the comments right above it included. */
    private int top(Member member) {
        String indent = indent(member);
        int top = lineStart(member.start());
        while (top > 0) {
            int above = lineStart(top - 1);
            if (!text.startsWith(indent + "#", above)) {
                break;
            }
            top = above;
        }
        return top;
    }

    private String indent(Member member) {
        String before = text.substring(lineStart(member.start()), member.start());
        int length = 0;
        while (length < before.length() && before.charAt(length) == ' ') {
            length++;
        }
        return before.substring(0, length);
    }

    private int lineStart(int index) {
        return text.lastIndexOf('\n', index - 1) + 1;
    }

    /** Before its line break. */
    private int lineEnd(int index) {
        int end = text.indexOf('\n', index);
        if (end < 0) {
            return text.length();
        }
        return end > index && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    private int nextLine(int index) {
        int end = text.indexOf('\n', index);
        return end < 0 ? text.length() : end + 1;
    }

    private void insert(int index, String what) {
        splice(List.of(new Splice(index, index, what)));
    }

    private record Splice(int start, int end, String with) {}

    private void splice(List<Splice> splices) {
        StringBuilder changed = new StringBuilder(text);
        splices.stream()
                .sorted(Comparator.comparingInt(Splice::start).reversed())
                .forEach(each -> changed.replace(each.start, each.end, each.with));
        text = changed.toString();
    }

    // --- What is not changed here
    // -------------------------------------------------------------------------------------------

    /** Who changes what is anchored changes every place that has its alias. */
    private void refuseShared(Change change, Piece piece, boolean within) {
        piece.shared(within).ifPresent(index -> {
            int line = 1
                    + (int) text.substring(0, index)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            throw refused(file, line, path(change), "an anchor (&) or an alias (*), which several rules share");
        });
    }

    private static String path(Change change) {
        return Place.path(change.section, change.key);
    }

    private static ConfigException refused(String file, int line, String path, String found) {
        return new ConfigException(List.of(
                Problem.error(new Place(file, line, 0, path), found, "expected a rule that can be changed by itself")
                        .hint(BY_HAND)));
    }
}
