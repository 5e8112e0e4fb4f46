package io.weir.bench;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * A server to be measured.
 *
 * @param name as in {@code --only} and the JSON
 * @param title what it is
 * @param traffic the pushes to it
 * @param command how it is started on a port
 * @param checks what a right answer of it is; one for each thread
 * @param redis the Redis that it uses
 */
record Contestant(
        String name,
        String title,
        Traffic traffic,
        IntFunction<List<String>> command,
        Supplier<AnswerCheck> checks,
        Optional<String> redis) {
    /** Without Redis. */
    Contestant(
            String name,
            String title,
            Traffic traffic,
            IntFunction<List<String>> command,
            Supplier<AnswerCheck> checks) {
        this(name, title, traffic, command, checks, Optional.empty());
    }
}
