package io.weir.dispatch;

import io.weir.config.Section;
import io.weir.wechat.message.PushType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An entry of the section for handlers: of the configuration, or of one of its accounts. Its name is a type ({@code CLICK}), a key
 * of a type ({@code CLICK.V1001_ORDER}), or the class of a custom handler or observer.
 *
 * @param late what happens to a push that is not answered by its deadline; empty leaves it to the handler. Of a type.
 * @param durable whether a push is kept before it is answered, so that its handling outlives this instance whatever happens.
 *     Of a type.
 * @param handler the class that answers; empty leaves it to the handlers, {@link #NONE} gives it to the rules. Not of a class.
 * @param entry where it stands
 */
public record HandlerConfig(Optional<Late> late, boolean durable, Optional<String> handler, Section entry) {
    /** Answered by {@code replies.yaml}, whatever handlers there are. */
    public static final String NONE = "none";

    private static final Set<String> TYPES =
            PushType.all().stream().map(PushType::wireName).collect(Collectors.toUnmodifiableSet());

    /**
     * Reads all entries: those of the file by their name, with one for each type whether the file has it or not, and those of an
     * account by {@link #name(String, String)}.
     */
    public static Map<String, HandlerConfig> readAll(Section root) {
        Map<String, HandlerConfig> read = new HashMap<>();
        Section common = root.section("handlers");
        PushType.all().forEach(type -> read.put(type.wireName(), ofType(common.section(type.wireName()))));
        others(common).forEach((name, section) -> read.put(name, other(section, name)));
        common.refuseUnknownKeys();
        root.sections("accounts").forEach((account, section) -> {
            Section own = section.section("handlers");
            own.keys().stream().filter(TYPES::contains).forEach(type -> read.put(name(account, type), of(own, type)));
            others(own).forEach((name, each) -> read.put(name(account, name), other(each, name)));
            own.refuseUnknownKeys();
        });
        return read;
    }

    /** What a custom handler reads there. */
    public Section settings() {
        return entry.section("settings");
    }

    /** The name of an account's entry. */
    public static String name(String account, String name) {
        return account + '/' + name;
    }

    /** The name of a key's entry. */
    public static String key(PushType<?> type, String key) {
        return type.wireName() + '.' + key;
    }

    private static Map<String, Section> others(Section handlers) {
        Map<String, Section> others = new HashMap<>();
        handlers.keys().stream()
                .filter(name -> !TYPES.contains(name) && name.indexOf('.') > 0)
                .forEach(name -> others.put(name, handlers.section(name)));
        return others;
    }

    private static HandlerConfig ofType(Section section) {
        Optional<Late> late =
                section.has("late") ? Optional.of(section.oneOf("late", Late.class, Late.SUCCESS)) : Optional.empty();
        boolean durable = section.flag("durable", false);
        HandlerConfig read = new HandlerConfig(late, durable, section.text("handler"), section);
        section.section("settings");
        section.refuseUnknownKeys();
        return read;
    }

    /** Of an account: when it is late and whether it is kept is decided for all accounts at once. */
    private static HandlerConfig of(Section handlers, String type) {
        return other(handlers.section(type), type + '.');
    }

    private static HandlerConfig other(Section section, String name) {
        boolean isClass = !TYPES.contains(name.substring(0, name.indexOf('.')));
        Optional<String> handler = isClass ? Optional.empty() : section.text("handler");
        HandlerConfig read = new HandlerConfig(Optional.empty(), false, handler, section);
        section.section("settings");
        section.refuseUnknownKeys();
        return read;
    }

    /**
     * What happens to the pushes of each type that are not answered by their deadline.
     *
     * @param configured by name
     * @param handlers what the handlers in jars ask for; the configuration goes before it
     */
    public static Map<PushType<?>, Late> late(Map<String, HandlerConfig> configured, Map<PushType<?>, Late> handlers) {
        Map<PushType<?>, Late> policies = new HashMap<>(handlers);
        types(configured)
                .forEach(each -> each.getValue().late().ifPresent(policy -> policies.put(each.getKey(), policy)));
        return policies;
    }

    /** The types whose pushes are kept before they are answered. */
    public static Set<PushType<?>> durable(Map<String, HandlerConfig> configured) {
        return types(configured)
                .filter(each -> each.getValue().durable())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<Map.Entry<PushType<?>, HandlerConfig>> types(Map<String, HandlerConfig> configured) {
        return PushType.all().stream()
                .flatMap(type -> Stream.ofNullable(configured.get(type.wireName()))
                        .map(config -> Map.<PushType<?>, HandlerConfig>entry(type, config)));
    }
}
