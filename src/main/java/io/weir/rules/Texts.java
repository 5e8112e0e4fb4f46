package io.weir.rules;

import io.weir.config.Problems;
import io.weir.config.Section;
import java.util.Optional;

/** The values of one map, read as templates for one kind of push. */
record Texts(Section section, Placeholders placeholders) {

    /** No map at all; what it lacks is not reported. */
    static Texts none(Placeholders placeholders) {
        return new Texts(Section.parse("", "", new Problems()), placeholders);
    }

    /** A missing or blank text is a problem. */
    Template required(String key) {
        return template(key, section.required(key));
    }

    /** A missing text is a problem, an empty one is not. */
    Template present(String key) {
        if (!section.has(key)) {
            section.problem(key, "expected a text", "write " + key + ": \"\" for none");
        }
        return template(key, section.text(key, ""));
    }

    Optional<Template> optional(String key) {
        return section.text(key).map(text -> template(key, text));
    }

    void refuseUnknownKeys() {
        section.refuseUnknownKeys();
    }

    private Template template(String key, String text) {
        return TemplateReader.read(section, key, text, placeholders);
    }
}
