package io.weir;

import io.weir.dispatch.PushHandler;
import io.weir.handler.other.OtherHandler;
import io.weir.wechat.message.PushType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Sees to it that each kind of push has exactly one handler. */
final class HandlerTable {
    private HandlerTable() {}

    /**
     * The handlers, and one more for the kinds that they leave.
     *
     * @throws IllegalStateException naming both, when two handle the same kind
     */
    static List<Supplier<PushHandler<?>>> complete(List<Supplier<PushHandler<?>>> handlers) {
        Map<PushType<?>, String> owners = new LinkedHashMap<>();
        for (Supplier<PushHandler<?>> supplier : handlers) {
            PushHandler<?> handler = supplier.get();
            handler.types().forEach(type -> own(owners, type, handler.getClass().getName()));
        }
        List<PushType<?>> rest = PushType.all().stream()
                .filter(type -> !owners.containsKey(type))
                .toList();
        List<Supplier<PushHandler<?>>> complete = new ArrayList<>(handlers);
        complete.add(() -> new OtherHandler(rest));
        return complete;
    }

    private static void own(Map<PushType<?>, String> owners, PushType<?> type, String handler) {
        String other = owners.putIfAbsent(type, handler);
        if (other != null) {
            throw new IllegalStateException(type + " is handled by both " + other + " and " + handler);
        }
    }
}
