package io.weir.simulator.push;

import java.util.List;

/** One element of a push or of an answer. */
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
}
