package io.weir.config;

import java.util.Optional;

/** How the text of a single value becomes a typed one. */
interface Format<T> {
    Optional<T> read(String text);

    /** The rule in words: {@code expected …}. */
    String expected();

    /** What may have been meant by a text that {@link #read} refuses. */
    default Optional<String> hint(String text) {
        return Optional.empty();
    }
}
