package io.weir.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/** Where each value of a YAML text begins and ends; of a text that {@link YamlReader} has read without a problem. */
final class YamlPieces {
    private static final Piece NOTHING =
            new Piece(Shape.TEXT, false, false, false, 0, 0, "", true, List.of(), List.of());

    private final String text;
    private final boolean narrow;
    private final Iterator<Event> events;

    private YamlPieces(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(FileText.MAX_BYTES + 1);
        this.text = text;
        this.narrow = text.codePointCount(0, text.length()) == text.length();
        this.events = new Yaml(options).parse(new StringReader(text)).iterator();
    }

    static Piece of(String text) {
        YamlPieces pieces = new YamlPieces(text);
        pieces.events.next();
        return pieces.events.next().is(Event.ID.StreamEnd) ? NOTHING : pieces.piece(pieces.events.next(), false);
    }

    private enum Shape {
        TEXT,
        LIST,
        MAP,
        ALIAS
    }

    /**
     * A value.
     *
     * @param isFlow in brackets
     * @param inFlow within brackets
     * @param start index of its first character
     * @param end behind its last character; where there is none, it is {@code start}
     */
    record Piece(
            Shape shape,
            boolean isFlow,
            boolean inFlow,
            boolean anchored,
            int start,
            int end,
            String text,
            boolean plain,
            List<Member> members,
            List<Piece> items) {
        boolean isMap() {
            return shape == Shape.MAP;
        }

        boolean isList() {
            return shape == Shape.LIST;
        }

        Optional<Member> member(String name) {
            return members.stream().filter(each -> each.name.equals(name)).findFirst();
        }

        List<String> names() {
            return members.stream().map(Member::name).sorted().toList();
        }

        /** Where it has an anchor or is an alias; {@code within}: or any part of it. */
        Optional<Integer> shared(boolean within) {
            if (anchored || shape == Shape.ALIAS) {
                return Optional.of(start);
            }
            return within
                    ? Stream.concat(members.stream().map(Member::value), items.stream())
                            .flatMap(each -> each.shared(true).stream())
                            .findFirst()
                    : Optional.empty();
        }

        /** As {@link YamlEdit#json} gives it. */
        JsonNode json() {
            if (isMap()) {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                members.forEach(each -> object.set(each.name, each.value.json()));
                return object;
            }
            if (isList()) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                items.forEach(each -> array.add(each.json()));
                return array;
            }
            return new Node.Scalar(1, 1, text, plain, false).isAbsent() ? NullNode.instance : TextNode.valueOf(text);
        }
    }

    /** A key, from {@code start} to {@code keyEnd}, with its value. */
    record Member(String name, int start, int keyEnd, Piece value) {}

    private Piece piece(Event event, boolean inFlow) {
        int start = index(event.getStartMark());
        if (event instanceof CollectionStartEvent collection) {
            return collection(collection, start, inFlow);
        }
        if (event instanceof ScalarEvent scalar) {
            String value = scalar.getValue();
            boolean anchored = scalar.getAnchor() != null;
            return text(Shape.TEXT, inFlow, anchored, start, end(scalar, start), value, scalar.isPlain());
        }
        return text(Shape.ALIAS, inFlow, true, start, index(event.getEndMark()), "", false);
    }

    private static Piece text(
            Shape shape, boolean inFlow, boolean anchored, int start, int end, String text, boolean plain) {
        return new Piece(shape, false, inFlow, anchored, start, end, text, plain, List.of(), List.of());
    }

    private Piece collection(CollectionStartEvent event, int start, boolean inFlow) {
        boolean flow = event.isFlow();
        boolean map = event instanceof MappingStartEvent;
        List<Member> members = new ArrayList<>();
        List<Piece> items = new ArrayList<>();
        int end = start;
        Event next = events.next();
        for (; !next.is(Event.ID.MappingEnd) && !next.is(Event.ID.SequenceEnd); next = events.next()) {
            Piece item = map ? member(next, flow || inFlow, members) : piece(next, flow || inFlow);
            items.add(item);
            end = Math.max(end, item.end);
        }
        return new Piece(
                map ? Shape.MAP : Shape.LIST,
                flow,
                inFlow,
                event.getAnchor() != null,
                start,
                flow ? index(next.getEndMark()) : end,
                "",
                false,
                members,
                map ? List.of() : items);
    }

    private Piece member(Event key, boolean inFlow, List<Member> members) {
        Piece name = piece(key, inFlow);
        Piece value = piece(events.next(), inFlow);
        members.add(new Member(name.text, name.start, name.end, value));
        return value;
    }

    /** The mark behind a text of several lines stands behind the line breaks that follow it. */
    private int end(ScalarEvent scalar, int start) {
        int end = index(scalar.getEndMark());
        boolean block = !scalar.isPlain() && text.charAt(start) != '"' && text.charAt(start) != '\'';
        while (block && end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private int index(Mark mark) {
        return narrow ? mark.getIndex() : text.offsetByCodePoints(0, mark.getIndex());
    }
}
