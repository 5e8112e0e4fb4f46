package io.weir.simulator;

import io.weir.cli.Terminal;
import io.weir.config.Nearest;
import io.weir.simulator.push.Element;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.PushOrder.FieldSetting;
import io.weir.simulator.push.PushOrder.PushOrderException;
import io.weir.simulator.push.PushTemplate;
import io.weir.simulator.push.PushTemplates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which push; a picocli {@code @Mixin}. */
public final class PushOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TYPE",
            arity = "0..1",
            description = "MsgType or Event by its wire name (location is the message, LOCATION the event), "
                    + "or event:NAME for one that is not listed; verify for the GET that verifies the URL.")
    private Optional<String> type = Optional.empty();

    @Option(
            names = {"-k", "--key"},
            paramLabel = "KEY",
            description = "EventKey; for subscribe the scene of the QR code.")
    private Optional<String> key = Optional.empty();

    @Option(
            names = {"-f", "--field"},
            paramLabel = "Name=value",
            description = "Set or add an element; Outer.Inner=value for a nested one. Repeatable.")
    private List<String> fields = new ArrayList<>();

    @Option(names = "--user", paramLabel = "OPENID", description = "The sender. Default: a made-up one.")
    private Optional<String> user = Optional.empty();

    /** Whether this word stands in place of a type. */
    public boolean is(String word) {
        return type.filter(word::equals).isPresent();
    }

    /** What was asked for. A field that was probably meant differently is pointed out. */
    public PushOrder order(PushTemplates templates, Terminal terminal) {
        String wanted = type.orElseThrow(() -> usage("TYPE is missing, as in: weir trigger CLICK --key V1001_SUNCK"));
        if (user.filter(String::isBlank).isPresent()) {
            throw usage("--user: expected an openid, found a blank");
        }
        try {
            PushTemplate template = templates.find(wanted);
            List<FieldSetting> settings =
                    fields.stream().map(FieldSetting::parse).toList();
            settings.forEach(field -> FieldHint.about(field, template).ifPresent(terminal::talk));
            return new PushOrder(wanted, key, settings, user);
        } catch (PushOrderException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /**
     * Notices an element that was added where an existing one was probably meant: {@code content} for {@code Content}, {@code
     * ScanResult} for {@code ScanCodeInfo.ScanResult}. Only a hint: any element may be added.
     */
    static final class FieldHint {
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
                    .map(meant -> "note: a " + template.wireName() + " has no " + path
                            + ", so it is added; did you mean " + meant + "?");
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
}
