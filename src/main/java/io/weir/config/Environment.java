package io.weir.config;

import java.util.Map;
import java.util.Optional;

/**
 * Where the values of <code>${NAME}</code> come from.
 *
 * <p>A variable that is set but blank is a present, blank value: its default is not used.
 */
@FunctionalInterface
public interface Environment {
    Optional<String> variable(String name);

    static Environment of(Map<String, String> variables) {
        return name -> Optional.ofNullable(variables.get(name));
    }
}
