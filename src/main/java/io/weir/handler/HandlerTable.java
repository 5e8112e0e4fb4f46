package io.weir.handler;

import io.weir.dispatch.PushHandler;
import io.weir.dispatch.Throttle;
import io.weir.wechat.message.PushType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Sees to it that each kind of push has exactly one handler. */
public final class HandlerTable {
    private HandlerTable() {}

    /**
     * The built-in handlers for what custom handlers leave them, and one more for the kinds that all leave.
     *
     * @param builtIn the built-in handlers
     * @param taken the kinds that custom handlers answer
     * @throws IllegalStateException naming both, when two built-in ones handle the same kind
     */
    public static List<Supplier<PushHandler<?>>> complete(
            List<Supplier<PushHandler<?>>> builtIn, Set<PushType<?>> taken) {
        Map<PushType<?>, String> owners = new LinkedHashMap<>();
        taken.forEach(type -> owners.put(type, "a custom handler"));
        List<Supplier<PushHandler<?>>> complete = new ArrayList<>();
        for (Supplier<PushHandler<?>> supplier : builtIn) {
            PushHandler<?> handler = supplier.get().leave(taken);
            handler.types().forEach(type -> own(owners, type, handler.getClass().getName()));
            complete.add(() -> supplier.get().leave(taken));
        }
        List<PushType<?>> rest = PushType.all().stream()
                .filter(type -> !owners.containsKey(type))
                .toList();
        Throttle unknownKinds = new Throttle(Duration.ofHours(1), 50);
        complete.add(() -> new OtherHandler(rest, unknownKinds));
        return complete;
    }

    /** The class that answers each kind. */
    public static Map<PushType<?>, String> names(List<Supplier<PushHandler<?>>> complete) {
        Map<PushType<?>, String> names = new LinkedHashMap<>();
        for (Supplier<PushHandler<?>> supplier : complete) {
            PushHandler<?> handler = supplier.get();
            handler.types().forEach(type -> names.put(type, handler.getClass().getSimpleName()));
        }
        return names;
    }

    private static void own(Map<PushType<?>, String> owners, PushType<?> type, String handler) {
        String other = owners.putIfAbsent(type, handler);
        if (other != null) {
            throw new IllegalStateException(type + " is handled by both " + other + " and " + handler);
        }
    }
}
