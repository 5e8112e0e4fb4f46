package io.weir.rules;

import io.weir.config.Problems;
import io.weir.config.Section;

/**
 * A section that can be asked of what kind a value is. The getters of a section take a wrong kind for an error; here some
 * values may be of two kinds, so a second reading of the file is asked whose problems nobody sees.
 */
record Part(Section section, Section unseen) {

    static Part root(String file, String yaml, Problems problems) {
        return new Part(Section.parse(file, yaml, problems), Section.parse(file, yaml, new Problems()));
    }

    boolean isSingleValue(String key) {
        return unseen.text(key).isPresent();
    }

    boolean isSingleValueOrNothing(String key) {
        return isSingleValue(key) || !unseen.has(key);
    }

    /** Whether there is a list with something in it. */
    boolean isList(String key) {
        return !unseen.list(key).isEmpty();
    }

    /** Of the key, such as {@code CLICK.KEY}. */
    String path(String key) {
        return unseen.section(key).path();
    }

    Part part(String key) {
        return new Part(section.section(key), unseen.section(key));
    }
}
