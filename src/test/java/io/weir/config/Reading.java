package io.weir.config;

import java.util.List;
import java.util.Map;

/** One file read in a test, with the problems that came of it. */
record Reading(Section root, Problems problems) {

    static Reading of(String yaml) {
        return of(yaml, Map.of());
    }

    static Reading of(String yaml, Map<String, String> variables) {
        Problems problems = new Problems();
        return new Reading(Section.parse("weir.yaml", yaml, Environment.of(variables), problems), problems);
    }

    static Reading withoutEnvironment(String yaml) {
        Problems problems = new Problems();
        return new Reading(Section.parse("weir.yaml", yaml, problems), problems);
    }

    List<String> texts() {
        return problems.all().stream().map(Problem::text).toList();
    }
}
