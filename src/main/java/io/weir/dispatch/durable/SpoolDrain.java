package io.weir.dispatch.durable;

import io.vertx.core.Future;
import io.weir.dispatch.durable.DurableWork.Use;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Hands the entries of a {@link Spool} that nobody of this process handles to somebody else, and ends those here that were taken. */
final class SpoolDrain {
    private final Spool spool;
    private boolean draining;

    SpoolDrain(Spool spool) {
        this.spool = spool;
    }

    /**
     * An entry that somebody else may keep from now on.
     *
     * @param uses what it is still kept for
     * @param backend that is to get a copy; empty where the entry is for something else
     * @param failures how often its handler or backend has failed
     * @param dead whether that was so often that it is not tried again
     */
    record Drained(
            StoredPush push,
            Set<Use> uses,
            Optional<String> backend,
            int failures,
            Optional<String> error,
            boolean dead,
            Instant kept) {}

    /**
     * Hands some over. Those that are handled at the moment stay.
     *
     * @param most how many at most; they are handed over at the same time
     * @param to takes one; where its future fails, the entry stays
     * @return how many were taken; fails where one was not. One at a time: while another drains, none
     */
    Future<Integer> drain(int most, Function<Drained, Future<Void>> to) {
        Future<Map<SpoolEntry, Drained>> begun = spool.ask(promise -> promise.complete(begin(most)));
        return begun.compose(handed -> {
            if (handed.isEmpty()) {
                return Future.succeededFuture(0);
            }
            List<Future<Void>> all = new ArrayList<>();
            handed.forEach((entry, drained) -> all.add(hand(entry, drained, to)));
            return Future.join(all)
                    .onComplete(ended -> spool.submit(() -> draining = false))
                    .map(all.size());
        });
    }

    private Map<SpoolEntry, Drained> begin(int most) {
        Map<SpoolEntry, Drained> handed = new LinkedHashMap<>();
        if (draining) {
            return handed;
        }
        for (SpoolEntry entry : spool.found()) {
            if (handed.size() < most && !entry.isOwned()) {
                spool.read(entry).ifPresent(push -> handed.put(entry, drained(entry, push)));
            }
        }
        draining = !handed.isEmpty();
        return handed;
    }

    private static Drained drained(SpoolEntry entry, StoredPush push) {
        entry.own();
        return new Drained(
                push, entry.uses(), entry.backend(), entry.failures(), entry.error(), entry.isDead(), entry.kept());
    }

    private Future<Void> hand(SpoolEntry entry, Drained drained, Function<Drained, Future<Void>> to) {
        return Future.succeededFuture(drained)
                .compose(to)
                .onFailure(refused -> spool.submit(entry::release))
                .compose(taken -> spool.end(entry.id()));
    }
}
