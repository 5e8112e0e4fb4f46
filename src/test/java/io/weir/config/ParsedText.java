package io.weir.config;

import java.util.List;
import java.util.Map;

/** One file read in a test, with the problems that came of it. */
record ParsedText(Section root, Problems problems) {

    static ParsedText of(String yaml) {
        return of(yaml, Map.of());
    }

    static ParsedText of(String yaml, Map<String, String> variables) {
        Problems problems = new Problems();
        return new ParsedText(Section.parse("weir.yaml", yaml, Environment.of(variables), problems), problems);
    }

    static ParsedText withoutEnvironment(String yaml) {
        Problems problems = new Problems();
        return new ParsedText(Section.parse("weir.yaml", yaml, problems), problems);
    }

    List<String> texts() {
        return problems.all().stream().map(Problem::text).toList();
    }
}
