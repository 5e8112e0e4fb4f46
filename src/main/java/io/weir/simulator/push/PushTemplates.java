package io.weir.simulator.push;

import io.weir.config.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every kind of push that is known, and the way from what a person types to one of them. Immutable. */
public final class PushTemplates {
    /** What stands before the name of an event that WeChat has not invented yet. */
    public static final String ANY_EVENT = "event:";

    private final List<PushTemplate> templates;

    private PushTemplates(List<PushTemplate> templates) {
        this.templates = templates;
    }

    /** Those that come with Weir. */
    public static PushTemplates bundled() {
        return new PushTemplates(TemplateFile.read());
    }

    /** All, messages first. */
    public List<PushTemplate> all() {
        return templates;
    }

    /**
     * The template for a type: exactly as written, otherwise ignoring case as long as that leaves one ({@code location} and
     * {@code LOCATION} are two). {@code event:NAME} is an event of exactly that name with nothing in it.
     *
     * @throws PushOrderException when there is none, with the nearest name
     */
    public PushTemplate find(String type) {
        if (type.startsWith(ANY_EVENT) && type.length() > ANY_EVENT.length()) {
            return bare(type.substring(ANY_EVENT.length()));
        }
        return exactly(type).orElseGet(() -> ignoringCase(type));
    }

    private Optional<PushTemplate> exactly(String type) {
        return templates.stream().filter(t -> t.wireName().equals(type)).findFirst();
    }

    private PushTemplate ignoringCase(String type) {
        List<PushTemplate> found = templates.stream()
                .filter(t -> t.wireName().equalsIgnoreCase(type))
                .toList();
        return switch (found.size()) {
            case 0 -> throw new PushOrderException("unknown type '" + type + "'" + hint(type));
            case 1 -> found.get(0);
            default ->
                throw new PushOrderException("'" + type + "' can be "
                        + String.join(
                                " or ",
                                found.stream()
                                        .map(t -> t.wireName() + " (" + t.words() + ")")
                                        .toList())
                        + ": write it exactly");
        };
    }

    private String hint(String type) {
        List<String> names = new ArrayList<>();
        templates.forEach(t -> names.add(t.wireName()));
        return Nearest.of(type, names)
                .map(name -> "; did you mean " + name + "?")
                .orElse("; --list shows all, and " + ANY_EVENT + type + " sends an event of that name");
    }

    private PushTemplate bare(String event) {
        PushKind kind = templates.stream()
                .filter(t -> t.kind().event() && t.wireName().equalsIgnoreCase(event))
                .map(PushTemplate::kind)
                .findFirst()
                .orElse(PushKind.SILENT_EVENT);
        return new PushTemplate(event, kind, true, List.of());
    }
}
