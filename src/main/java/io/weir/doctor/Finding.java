package io.weir.doctor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a check has found; no secret in it.
 *
 * @param found a sentence without a full stop
 * @param expected what it should be; empty where that goes without saying
 * @param fix what to do, a line for each language or step
 * @param facts for programs: numbers and names that the sentences are made of
 */
public record Finding(
        Level level, String found, Optional<String> expected, List<String> fix, Map<String, Object> facts) {
    public Finding {
        fix = List.copyOf(fix);
        facts = Map.copyOf(facts);
    }

    /** How it is. */
    public enum Level {
        OK,
        /** Works, and may not go on to. */
        WARN,
        /** Does not work. */
        FAIL,
        /** Not looked at, for a reason that is told. */
        SKIP
    }

    public static Finding ok(String found) {
        return new Finding(Level.OK, found, Optional.empty(), List.of(), Map.of());
    }

    public static Finding skip(String reason) {
        return new Finding(Level.SKIP, reason, Optional.empty(), List.of(), Map.of());
    }

    public static Finding warn(String found, String... fix) {
        return new Finding(Level.WARN, found, Optional.empty(), List.of(fix), Map.of());
    }

    public static Finding fail(String found, String... fix) {
        return new Finding(Level.FAIL, found, Optional.empty(), List.of(fix), Map.of());
    }

    /** The same with what was expected. */
    public Finding expecting(String rule) {
        return new Finding(level, found, Optional.of(rule), fix, facts);
    }

    /** The same with a fact for programs. */
    public Finding with(String name, Object fact) {
        Map<String, Object> more = new LinkedHashMap<>(facts);
        more.put(name, fact);
        return new Finding(level, found, expected, fix, more);
    }
}
