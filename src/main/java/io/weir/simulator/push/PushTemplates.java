package io.weir.simulator.push;

import io.weir.config.Nearest;
import io.weir.simulator.push.Element.Group;
import io.weir.simulator.push.PushOrder.PushOrderException;
import io.weir.simulator.push.PushTemplate.PushKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

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

    /**
     * Reads {@code push-templates.yaml}. Works on YAML's nodes rather than on Java values, so that a number keeps the digits it
     * is written with (120.155070 stays that).
     */
    static final class TemplateFile {
        private static final String RESOURCE = "push-templates.yaml";
        private static final Map<String, Section> SECTIONS = Map.of(
                "messages", new Section(PushKind.MESSAGE, true),
                "unusualMessages", new Section(PushKind.MESSAGE, false),
                "answered", new Section(PushKind.ANSWERED_EVENT, true),
                "silent", new Section(PushKind.SILENT_EVENT, true));

        private TemplateFile() {}

        /** All templates, in the order of the file. */
        static List<PushTemplate> read() {
            try (InputStream file = Objects.requireNonNull(TemplateFile.class.getResourceAsStream(RESOURCE), RESOURCE);
                    InputStreamReader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
                Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(reader);
                return entries(root).flatMap(TemplateFile::section).toList();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the resource " + RESOURCE, e);
            }
        }

        private static Stream<PushTemplate> section(NodeTuple entry) {
            Section section = Objects.requireNonNull(SECTIONS.get(name(entry)), "unknown section");
            return entries(entry.getValueNode())
                    .map(each -> new PushTemplate(
                            name(each), section.kind(), section.ordinary(), elements(each.getValueNode())));
        }

        private static List<Element> elements(Node map) {
            return entries(map)
                    .flatMap(entry -> element(name(entry), entry.getValueNode()))
                    .toList();
        }

        private static Stream<Element> element(String name, Node value) {
            if (value instanceof ScalarNode scalar) {
                boolean number =
                        scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT);
                return Stream.of(new Element.Text(name, scalar.getValue(), number));
            }
            if (value instanceof SequenceNode list) {
                return list.getValue().stream().flatMap(item -> element(name, item));
            }
            return Stream.of(new Group(name, elements(value)));
        }

        private static Stream<NodeTuple> entries(Node node) {
            if (node instanceof MappingNode map) {
                return map.getValue().stream();
            }
            throw new IllegalStateException(RESOURCE + ": a map was expected" + node.getStartMark());
        }

        private static String name(NodeTuple entry) {
            return ((ScalarNode) entry.getKeyNode()).getValue();
        }

        private record Section(PushKind kind, boolean ordinary) {}
    }
}
