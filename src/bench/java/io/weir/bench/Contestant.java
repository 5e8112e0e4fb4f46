package io.weir.bench;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * A server to be measured.
 *
 * @param name as in {@code --only} and the JSON
 * @param title what it is
 * @param encrypted whether its pushes and answers are those of safe mode
 * @param command how it is started on a port
 * @param checks what a right answer of it is; one for each thread
 */
record Contestant(
        String name,
        String title,
        boolean encrypted,
        IntFunction<List<String>> command,
        Supplier<AnswerCheck> checks) {}
