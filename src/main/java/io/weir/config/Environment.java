package io.weir.config;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Where the values of <code>${NAME}</code> and <code>${file:/path}</code> come from.
 *
 * <p>A variable that is set but blank is a present, blank value: its default is not used.
 */
@FunctionalInterface
public interface Environment {
    Optional<String> variable(String name);

    /**
     * What a file holds, without the line break at its end.
     *
     * @param path absolute
     * @throws IOException whose message says why it cannot be read, and nothing of what it holds
     */
    default String file(String path) throws IOException {
        throw new IOException("no files are read here");
    }

    static Environment of(Map<String, String> variables) {
        return name -> Optional.ofNullable(variables.get(name));
    }
}
