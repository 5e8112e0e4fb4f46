package io.weir.dispatch.once;

import io.weir.wechat.message.ReplyWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link MemoryPushStore} knows of a push. Times are nanoseconds; the store's lock guards it. */
final class Row {
    private static final int MAX_ARRIVALS = 8;

    private final long apartNanos;
    private String holder;
    private long leaseEnd;
    private long[] arrivals;
    private @Nullable String answer;
    private boolean taken;
    private boolean released;
    private long expiry;

    Row(String holder, long nowNanos, OnceLimits limits) {
        this.holder = holder;
        this.apartNanos = limits.apart().toNanos();
        this.arrivals = new long[] {nowNanos};
        this.leaseEnd = nowNanos + limits.lease().toNanos();
        this.expiry = nowNanos + limits.unfinished().toNanos();
    }

    boolean isOver(long nowNanos) {
        return nowNanos - expiry >= 0;
    }

    @Nullable
    String answer() {
        return answer;
    }

    /** A further attempt; beyond some they are no longer told apart. */
    void arrive(long nowNanos) {
        if (arrivals.length < MAX_ARRIVALS) {
            arrivals = Arrays.copyOf(arrivals, arrivals.length + 1);
            arrivals[arrivals.length - 1] = nowNanos;
        }
    }

    /** How long ago each arrival was. */
    List<Duration> ages(long nowNanos) {
        return Arrays.stream(arrivals)
                .mapToObj(arrival -> Duration.ofNanos(nowNanos - arrival))
                .toList();
    }

    /** How many attempts of WeChat's the arrivals are. */
    int attempts() {
        int attempts = 1;
        long start = arrivals[0];
        for (long arrival : arrivals) {
            if (arrival - start >= apartNanos) {
                attempts++;
                start = arrival;
            }
        }
        return attempts;
    }

    boolean belongsTo(String whom) {
        return holder.equals(whom);
    }

    boolean isAbandoned(long nowNanos) {
        return nowNanos - leaseEnd > 0;
    }

    void lease(String whom, long nowNanos, OnceLimits limits) {
        holder = whom;
        leaseEnd = nowNanos + limits.lease().toNanos();
        expiry = nowNanos + limits.unfinished().toNanos();
    }

    void settle(String decided, boolean wasTaken, long nowNanos, OnceLimits limits) {
        answer = decided;
        taken = wasTaken;
        expiry = nowNanos + limits.kept().toNanos();
    }

    /** An attempt takes the answer, so that it need not be sent in another way. */
    void take() {
        taken |= answer != null && !answer.equals(ReplyWriter.SUCCESS);
    }

    /** Lets one caller send the answer in another way. */
    boolean release(String whom) {
        if (answer == null || taken || released || !holder.equals(whom)) {
            return false;
        }
        released = true;
        answer = ReplyWriter.SUCCESS;
        return true;
    }
}
