package io.weir.simulator.push;

import io.weir.simulator.push.PushOrder.PushOrderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One element of a push or of an answer; lists of them are read and changed here, never in place. */
public sealed interface Element {
    /** The wire name, case as WeChat writes it. */
    String name();

    /**
     * An element with a value.
     *
     * @param digits written as bare digits, as WeChat does with most numbers; otherwise as CDATA
     */
    record Text(String name, String value, boolean digits) implements Element {}

    /** An element with elements in it, perhaps none; siblings may have the same name. */
    record Group(String name, List<Element> children) implements Element {
        public Group {
            children = List.copyOf(children);
        }
    }

    static Text text(String name, String value) {
        return new Text(name, value, false);
    }

    static Text digits(String name, String value) {
        return new Text(name, value, true);
    }

    /** The first element of that name. */
    static Optional<Element> find(List<Element> elements, String name) {
        return elements.stream().filter(e -> e.name().equals(name)).findFirst();
    }

    /** The value of the first element of that name; empty when there is none or it holds elements. */
    static Optional<String> value(List<Element> elements, String name) {
        return find(elements, name).filter(Text.class::isInstance).map(e -> ((Text) e).value());
    }

    /** The elements inside the first element of that name; none when there is none or it holds a value. */
    static List<Element> children(List<Element> elements, String name) {
        return find(elements, name)
                .filter(Group.class::isInstance)
                .map(e -> ((Group) e).children())
                .orElse(List.of());
    }

    /**
     * The elements with one value set: in the first element that the path names, or in a new one at the end. A number stays
     * bare digits where the element was.
     *
     * @throws PushOrderException when the path goes through a value or ends at elements
     */
    static List<Element> with(List<Element> elements, List<String> path, String value) {
        List<Element> changed = new ArrayList<>(elements);
        Optional<Element> there = find(elements, path.get(0));
        if (there.isPresent()) {
            changed.set(elements.indexOf(there.get()), changed(there.get(), path, value));
        } else {
            changed.add(fresh(path, value));
        }
        return List.copyOf(changed);
    }

    private static Element changed(Element element, List<String> path, String value) {
        boolean last = path.size() == 1;
        if (element instanceof Text text && last) {
            return new Text(text.name(), value, text.digits() && value.matches("-?[0-9]+(\\.[0-9]+)?"));
        }
        if (element instanceof Group group && !last) {
            return new Group(group.name(), with(group.children(), tail(path), value));
        }
        throw new PushOrderException(
                last
                        ? element.name() + " holds elements, not a value: name one of them, as in " + element.name()
                                + ".Name=value"
                        : element.name() + " holds a value, not elements: " + String.join(".", path)
                                + " cannot be set");
    }

    private static Element fresh(List<String> path, String value) {
        return path.size() == 1 ? text(path.get(0), value) : new Group(path.get(0), List.of(fresh(tail(path), value)));
    }

    private static List<String> tail(List<String> path) {
        return path.subList(1, path.size());
    }
}
