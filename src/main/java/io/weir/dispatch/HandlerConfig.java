package io.weir.dispatch;

import io.weir.config.Section;
import io.weir.wechat.message.PushType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Settings of one push type: an entry of section {@code handlers} of the configuration.
 *
 * @param late what happens to a push that is not answered by its deadline; empty leaves it to the handler
 * @param durable whether a push is kept before it is answered, so that its handling outlives this instance whatever happens
 * @param settings what a custom handler reads there
 */
public record HandlerConfig(Optional<Late> late, boolean durable, Section settings) {

    /** Reads section {@code handlers}: an entry for each wire name, whether the file has one or not. */
    public static Map<String, HandlerConfig> readAll(Section root) {
        Section handlers = root.section("handlers");
        Map<String, HandlerConfig> read = new HashMap<>();
        for (PushType<?> type : PushType.all()) {
            read.put(type.wireName(), read(handlers.section(type.wireName())));
        }
        handlers.refuseUnknownKeys();
        return read;
    }

    /**
     * What happens to the pushes of each type that are not answered by their deadline.
     *
     * @param configured by wire name
     * @param handlers what the handlers in jars ask for; the configuration goes before it
     */
    public static Map<PushType<?>, Late> late(Map<String, HandlerConfig> configured, Map<PushType<?>, Late> handlers) {
        Map<PushType<?>, Late> policies = new HashMap<>(handlers);
        for (PushType<?> type : PushType.all()) {
            Optional.ofNullable(configured.get(type.wireName()))
                    .flatMap(HandlerConfig::late)
                    .ifPresent(policy -> policies.put(type, policy));
        }
        return policies;
    }

    /** The types whose pushes are kept before they are answered. */
    public static Set<PushType<?>> durable(Map<String, HandlerConfig> configured) {
        return PushType.all().stream()
                .filter(type -> Optional.ofNullable(configured.get(type.wireName()))
                        .filter(HandlerConfig::durable)
                        .isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static HandlerConfig read(Section section) {
        Optional<Late> late =
                section.has("late") ? Optional.of(section.oneOf("late", Late.class, Late.SUCCESS)) : Optional.empty();
        boolean durable = section.flag("durable", false);
        Section settings = section.section("settings");
        section.refuseUnknownKeys();
        return new HandlerConfig(late, durable, settings);
    }
}
