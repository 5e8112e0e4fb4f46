package io.weir.simulator;

import io.weir.config.Nearest;
import io.weir.simulator.push.Element;
import io.weir.simulator.push.FieldSetting;
import io.weir.simulator.push.PushTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Notices an element that was added where an existing one was probably meant: {@code content} for {@code Content}, {@code
 * ScanResult} for {@code ScanCodeInfo.ScanResult}. Only a hint: any element may be added.
 */
final class FieldHint {
    private FieldHint() {}

    /** A sentence about {@code field}, when it is not in {@code template} and something near it is. */
    static Optional<String> about(FieldSetting field, PushTemplate template) {
        String path = String.join(".", field.path());
        List<String> known = new ArrayList<>(List.of("ToUserName", "FromUserName", "CreateTime", "MsgType"));
        known.addAll(template.kind().event() ? List.of("Event") : List.of("MsgId"));
        paths("", template.elements(), known);
        if (known.contains(path)) {
            return Optional.empty();
        }
        return known.stream()
                .filter(candidate -> candidate.endsWith("." + path))
                .findFirst()
                .or(() -> Nearest.of(path, known))
                .map(meant -> "note: a " + template.wireName() + " has no " + path + ", so it is added; did you mean "
                        + meant + "?");
    }

    private static void paths(String outer, List<Element> elements, List<String> found) {
        for (Element element : elements) {
            found.add(outer + element.name());
            if (element instanceof Element.Group group) {
                paths(outer + element.name() + ".", group.children(), found);
            }
        }
    }
}
