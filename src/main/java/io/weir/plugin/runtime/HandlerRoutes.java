package io.weir.plugin.runtime;

import io.weir.config.Problems;
import io.weir.dispatch.HandlerConfig;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which custom handler answers which push. What the configuration says goes before what handlers say of themselves, an account's
 * entry before the common one, a key before its type. A handler that the configuration names answers what it is named for and
 * nothing else. Immutable, for any thread.
 */
final class HandlerRoutes {
    static final HandlerRoutes NONE = new HandlerRoutes(Map.of(), Map.of());

    private final Map<PushType<?>, OfType> common;
    private final Map<String, Map<PushType<?>, OfType>> accounts;

    private HandlerRoutes(Map<PushType<?>, OfType> common, Map<String, Map<PushType<?>, OfType>> accounts) {
        this.common = common;
        this.accounts = accounts;
    }

    /**
     * Who answers a kind of push.
     *
     * @param keys the keys with somebody of their own; empty: the rules
     * @param rest who answers the others; empty: the rules
     */
    private record OfType(Map<String, Optional<RunningHandler>> keys, Optional<RunningHandler> rest) {
        static final OfType NOBODY = new OfType(Map.of(), Optional.empty());

        @Nullable
        RunningHandler find(Push push) {
            Optional<RunningHandler> own =
                    keys.isEmpty() ? null : push.answerKey().map(keys::get).orElse(null);
            return (own == null ? rest : own).orElse(null);
        }
    }

    /** Null where the rules answer. */
    @Nullable
    RunningHandler find(Push push) {
        OfType found = ofType(push.account(), push.type());
        return found == null ? null : found.find(push);
    }

    /** Who answers pushes of a kind whose key has nobody of its own. */
    Optional<RunningHandler> rest(String account, PushType<?> type) {
        OfType found = ofType(account, type);
        return found == null ? Optional.empty() : found.rest;
    }

    /** The keys that a custom handler answers, with it. */
    Map<String, RunningHandler> keys(String account, PushType<?> type) {
        OfType found = ofType(account, type);
        return found == null
                ? Map.of()
                : found.keys.entrySet().stream()
                        .filter(each -> each.getValue().isPresent())
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, each -> each.getValue().orElseThrow()));
    }

    private @Nullable OfType ofType(String account, PushType<?> type) {
        Map<PushType<?>, OfType> own = accounts.get(account);
        OfType found = own == null ? null : own.get(type);
        return found == null ? common.get(type) : found;
    }

    /**
     * Joins handlers and configuration.
     *
     * @param config by name, see {@link HandlerConfig#readAll}
     * @param problems takes two handlers for the same pushes, and entries that name none
     */
    static HandlerRoutes of(Collection<RunningHandler> handlers, Map<String, HandlerConfig> config, Problems problems) {
        return new Joining(handlers, config, problems).joined();
    }

    private static final class Joining {
        private final Collection<RunningHandler> handlers;
        private final Map<String, HandlerConfig> config;
        private final Problems problems;
        /** Those that say themselves what they answer. */
        private final List<RunningHandler> free;

        Joining(Collection<RunningHandler> handlers, Map<String, HandlerConfig> config, Problems problems) {
            this.handlers = handlers;
            this.config = config;
            this.problems = problems;
            Set<String> named = config.values().stream()
                    .flatMap(each -> each.handler().stream())
                    .collect(Collectors.toSet());
            this.free = handlers.stream()
                    .filter(each -> !named.contains(each.className()))
                    .toList();
        }

        HandlerRoutes joined() {
            Map<PushType<?>, OfType> common = new HashMap<>();
            Map<String, Map<PushType<?>, OfType>> accounts = new HashMap<>();
            Set<String> names = config.keySet().stream()
                    .filter(name -> name.indexOf('/') > 0)
                    .map(name -> name.substring(0, name.indexOf('/')))
                    .collect(Collectors.toSet());
            for (PushType<?> type : PushType.all()) {
                OfType declared = declared(type);
                OfType of = configured(declared, "", type);
                put(common, type, of);
                for (String account : names) {
                    OfType own = configured(of, account + '/', type);
                    if (!own.equals(of)) {
                        accounts.computeIfAbsent(account, each -> new HashMap<>())
                                .put(type, own);
                    }
                }
            }
            return new HandlerRoutes(common, accounts);
        }

        private static void put(Map<PushType<?>, OfType> map, PushType<?> type, OfType of) {
            if (!of.equals(OfType.NOBODY)) {
                map.put(type, of);
            }
        }

        private OfType declared(PushType<?> type) {
            Map<String, RunningHandler> keys = new HashMap<>();
            RunningHandler rest = null;
            for (RunningHandler each : free) {
                if (each.type() != type) {
                    continue;
                }
                Set<String> own = each.handler().keys();
                if (own.isEmpty()) {
                    rest = one(each, rest, type.toString());
                }
                for (String key : own) {
                    keys.put(key, one(each, keys.get(key), HandlerConfig.key(type, key)));
                }
            }
            return keys.isEmpty() && rest == null
                    ? OfType.NOBODY
                    : new OfType(
                            keys.entrySet().stream()
                                    .collect(Collectors.toMap(Map.Entry::getKey, each -> Optional.of(each.getValue()))),
                            Optional.ofNullable(rest));
        }

        private RunningHandler one(RunningHandler next, @Nullable RunningHandler other, String pushes) {
            if (other != null) {
                HandlerJars.report(
                        problems,
                        next.jar(),
                        next.className() + " for " + pushes,
                        "expected one handler for them, and " + other.jar().getFileName() + " has " + other.className()
                                + "; say which: handlers: { \"" + pushes + "\": { handler: " + next.className()
                                + " } }");
            }
            return next;
        }

        /** The same where nothing is configured. */
        private OfType configured(OfType before, String prefix, PushType<?> type) {
            Map<String, Optional<RunningHandler>> keys = new HashMap<>(before.keys);
            Optional<RunningHandler> rest = before.rest;
            boolean changed = false;
            String ofKeys = prefix + type.wireName() + '.';
            HandlerConfig ofType = config.get(prefix + type.wireName());
            if (ofType != null && ofType.handler().isPresent()) {
                rest = named(ofType, type);
                changed = true;
            }
            for (Map.Entry<String, HandlerConfig> each : config.entrySet()) {
                if (each.getKey().startsWith(ofKeys)
                        && each.getValue().handler().isPresent()) {
                    keys.put(each.getKey().substring(ofKeys.length()), named(each.getValue(), type));
                    changed = true;
                }
            }
            return changed ? new OfType(Map.copyOf(keys), rest) : before;
        }

        private Optional<RunningHandler> named(HandlerConfig entry, PushType<?> type) {
            String name = entry.handler().orElseThrow();
            if (name.equals(HandlerConfig.NONE)) {
                return Optional.empty();
            }
            List<RunningHandler> found = handlers.stream()
                    .filter(each -> each.className().equals(name) && each.type() == type)
                    .toList();
            if (found.size() != 1) {
                String there = handlers.stream()
                        .filter(each -> each.type() == type)
                        .map(RunningHandler::className)
                        .sorted()
                        .collect(Collectors.joining(", "));
                HandlerJars.report(
                        problems,
                        entry.entry(),
                        "handler",
                        '"' + name + '"',
                        found.isEmpty()
                                ? "expected the class of a handler of " + type + " in a jar, or none; "
                                        + (there.isEmpty() ? "there is none" : "there is " + there)
                                : "expected a class that one jar has; " + found.size() + " have it");
                return Optional.empty();
            }
            return Optional.of(found.get(0));
        }
    }
}
