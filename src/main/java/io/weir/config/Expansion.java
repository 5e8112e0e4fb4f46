package io.weir.config;

import java.util.List;

/**
 * A text after <code>${NAME}</code> has been replaced.
 *
 * @param variables the names that took part, as <code>${NAME}</code>
 */
record Expansion(String text, List<String> variables, List<Fault> faults) {

    /** Why a replacement failed; never quotes a value. */
    record Fault(String found, String rule, String hint) {}

    static Expansion none(String text) {
        return new Expansion(text, List.of(), List.of());
    }
}
