package io.weir.rules;

import java.util.List;
import java.util.Optional;

/**
 * The rules for one kind of push.
 *
 * @param keys finds the one for a key
 * @param otherwise {@code default}: for a push without a key, and for keys that no rule has
 * @param rules all of them in file order
 */
record SectionRules(Keys keys, Optional<Rule> otherwise, List<Rule> rules) {

    Optional<Rule> find(Optional<String> key) {
        return key.flatMap(keys::find).or(() -> otherwise);
    }

    /** Finds the rule for a key. */
    @FunctionalInterface
    interface Keys {
        Optional<Rule> find(String key);
    }
}
