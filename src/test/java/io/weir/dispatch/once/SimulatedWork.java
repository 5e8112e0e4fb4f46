package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.dispatch.durable.DurableWork;
import io.weir.dispatch.durable.StoredPush;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What instances keep beyond themselves: in Redis where that can be asked, in the spool of the instance's place otherwise, which its
 * successor there reads. One thread.
 */
final class SimulatedWork {
    private static final long LEASE_NANOS = DurableWork.LEASE.toNanos();

    private final VirtualScheduler time;
    private final SplittableRandom random;
    private final Predicate<VirtualInstance> away;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private int names;

    /** @param away whether an instance cannot ask Redis at present */
    SimulatedWork(VirtualScheduler time, SplittableRandom random, Predicate<VirtualInstance> away) {
        this.time = time;
        this.random = random;
        this.away = away;
    }

    private static final class Entry {
        private final StoredPush push;
        private final long keptNanos;
        /** Place of the instance in whose spool it lies; -1 for Redis. */
        private int slot;

        private @Nullable VirtualInstance owner;
        private long renewedNanos;
        private int failures;

        Entry(StoredPush push, int slot, VirtualInstance owner, long now) {
            this.push = push;
            this.slot = slot;
            this.owner = owner;
            this.keptNanos = now;
            this.renewedNanos = now;
        }
    }

    /** As an instance sees it. */
    DurableWork seenBy(VirtualInstance instance) {
        return new Seen(instance);
    }

    private final class Seen implements DurableWork {
        private final VirtualInstance instance;

        Seen(VirtualInstance instance) {
            this.instance = instance;
        }

        @Override
        public Future<Ticket> keep(StoredPush push, Set<Use> uses) {
            Promise<Ticket> kept = Promise.promise();
            boolean spooled = away.test(instance);
            int slot = spooled ? instance.slot() : -1;
            instance.passesConnection(() -> time.after(random.nextLong(1_000_000), () -> {
                String name = "e" + ++names;
                entries.put(name, new Entry(push, slot, instance, time.now()));
                instance.passesConnection(() -> kept.complete(new Ticket(push.account(), name)));
            }));
            return kept.future();
        }

        @Override
        public Future<Void> done(Ticket ticket) {
            entries.remove(ticket.text());
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> failed(Ticket ticket, StoredPush push, String error) {
            Entry entry = entries.get(ticket.text());
            if (entry != null) {
                entry.failures++;
                if (entry.owner == instance) {
                    entry.owner = null;
                    entry.renewedNanos = time.now() + Duration.ofSeconds(2).toNanos();
                }
            }
            return Future.succeededFuture();
        }

        @Override
        public void own(Ticket ticket) {
            Entry entry = entries.get(ticket.text());
            if (entry != null) {
                entry.owner = instance;
                entry.renewedNanos = time.now();
            }
        }

        @Override
        public void release(Ticket ticket) {
            Entry entry = entries.get(ticket.text());
            if (entry != null && entry.owner == instance) {
                entry.owner = null;
            }
        }

        @Override
        public Future<List<Abandoned>> takeOver(String account, int most) {
            List<Abandoned> taken = new ArrayList<>();
            entries.forEach((name, entry) -> {
                boolean reachable = entry.slot < 0 ? !away.test(instance) : entry.slot == instance.slot();
                if (reachable && entry.owner != instance && time.now() - entry.renewedNanos > LEASE_NANOS) {
                    entry.owner = instance;
                    entry.renewedNanos = time.now();
                    taken.add(new Abandoned(
                            new Ticket(account, name),
                            entry.push,
                            entry.failures,
                            Optional.empty(),
                            Duration.ofNanos(time.now() - entry.keptNanos)));
                }
            });
            return Future.succeededFuture(taken);
        }
    }

    /** What an instance does every two seconds while it lives and runs. */
    void renew(VirtualInstance instance) {
        if (away.test(instance)) {
            instance.couldNotRenew();
        }
        entries.values().forEach(entry -> {
            if (entry.owner == instance && (entry.slot >= 0 || !away.test(instance))) {
                entry.renewedNanos = time.now();
            }
            if (entry.slot == instance.slot() && !away.test(instance)) {
                entry.slot = -1;
            }
        });
    }

    /** How many entries have not ended. */
    int open() {
        return entries.size();
    }
}
