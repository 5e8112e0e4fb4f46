package io.weir.token;

import io.vertx.core.Future;
import io.weir.config.Secret;
import io.weir.token.TokenStore.CredentialName;
import io.weir.token.TokenStore.FetchClaim;
import io.weir.token.TokenStore.Lease;
import io.weir.token.TokenStore.RefusalPause;
import io.weir.token.TokenStore.Stored;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The store of an instance that is alone. Any thread; never fails. */
public final class MemoryTokenStore implements TokenStore {
    /** Has the lease when nobody shall have it. */
    private static final String NOBODY = "";

    private final LongSupplier nanos;
    private final Map<CredentialName, Entry> entries = new HashMap<>();

    /** An empty one, by a clock on the scale of {@link System#nanoTime()}. */
    public MemoryTokenStore(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public synchronized Future<Stored> read(CredentialName name) {
        return Future.succeededFuture(entry(name).stored(nanos.getAsLong()));
    }

    @Override
    public synchronized Future<Lease> lease(CredentialName name, FetchClaim claim) {
        long now = nanos.getAsLong();
        Entry entry = entry(name);
        if (entry.isTakenFrom(claim, now)) {
            Duration others = Duration.ofNanos(entry.leaseEnds - now);
            String reason = entry.owner.equals(NOBODY) ? entry.reason : "";
            return Future.succeededFuture(new Lease(false, 0, others, reason, entry.stored(now)));
        }
        entry.fence = Math.max(entry.fence, claim.known()) + 1;
        entry.owner = claim.owner();
        entry.leaseEnds = now + claim.length().toNanos();
        return Future.succeededFuture(new Lease(true, entry.fence, Duration.ZERO, "", entry.stored(now)));
    }

    @Override
    public synchronized Future<Boolean> write(
            CredentialName name, Secret value, Duration life, Duration wholeLife, long fence) {
        Entry entry = entry(name);
        boolean newer = fence > entry.version;
        if (newer) {
            entry.value = value;
            entry.ends = nanos.getAsLong() + life.toNanos();
            entry.wholeLife = wholeLife;
            entry.version = fence;
            entry.written = nanos.getAsLong();
        }
        return Future.succeededFuture(newer);
    }

    @Override
    public synchronized Future<Stored> invalidate(CredentialName name, Secret value, long version, RefusalPause pause) {
        long now = nanos.getAsLong();
        Entry entry = entry(name);
        Optional<Secret> current = entry.stored(now).value();
        if (current.filter(value::equals).isPresent()) {
            entry.refused(pause, now);
        }
        if (current.isEmpty() || current.get().equals(value)) {
            entry.value = null;
            entry.invalidated = Math.max(entry.version, version);
        }
        return Future.succeededFuture(entry.stored(now));
    }

    @Override
    public synchronized Future<Void> release(CredentialName name, String owner, long fence, Cooldown cooldown) {
        Entry entry = entry(name);
        if (owner.equals(entry.owner) && fence == entry.fence) {
            entry.owner = NOBODY;
            entry.leaseEnds = nanos.getAsLong() + cooldown.length().toNanos();
            entry.reason = cooldown.reason();
        }
        return Future.succeededFuture();
    }

    private Entry entry(CredentialName name) {
        return entries.computeIfAbsent(name, each -> new Entry());
    }

    /** Guarded by the store. */
    private static final class Entry {
        private @Nullable Secret value;
        private long ends;
        private Duration wholeLife = Duration.ZERO;
        private long version;
        private long invalidated;
        private long fence;
        private String owner = NOBODY;
        private String reason = "";
        private long leaseEnds;
        private long written;
        private int refused;

        /** Whoever fetches already is not held up. */
        void refused(RefusalPause pause, long now) {
            refused = now - written < pause.soon().toNanos() ? refused + 1 : 1;
            boolean fetching = !owner.equals(NOBODY) && leaseEnds - now > 0;
            if (refused > 1 && !fetching) {
                owner = NOBODY;
                leaseEnds = now + pause.after(refused).toNanos();
                reason = Cooldown.REFUSED_AT_ONCE;
            }
        }

        /** A lease that has never been given has ended before any moment. */
        boolean isTakenFrom(FetchClaim claim, long now) {
            boolean cooling = owner.equals(NOBODY);
            return fence > 0 && leaseEnds - now > 0 && !owner.equals(claim.owner()) && !(cooling && claim.insists());
        }

        Stored stored(long now) {
            return value == null || ends - now <= 0
                    ? new Stored(Optional.empty(), Duration.ZERO, Duration.ZERO, version, invalidated)
                    : new Stored(Optional.of(value), Duration.ofNanos(ends - now), wholeLife, version, invalidated);
        }
    }
}
