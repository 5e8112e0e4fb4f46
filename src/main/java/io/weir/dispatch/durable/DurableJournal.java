package io.weir.dispatch.durable;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The journal and the dead letters of each account, for whoever looks them up or has them handled again. Futures fail where Redis does or
 * the disk. Any thread.
 */
public interface DurableJournal {
    /** Whose journals there are. */
    Set<String> accounts();

    /** Whether there are dead letters alone, and no journal. */
    boolean isDeadOnly();

    /** Whether a text has the form of an id. */
    boolean isId(String text);

    /**
     * The newest of a range. Looks at no more than 10,000 entries; where fewer match, {@code next} goes on.
     *
     * @param before an id; only entries before it
     */
    Future<Page> list(Range range, Optional<String> before, int most);

    /** The ids of all of a range, the oldest first; of the first {@code most} only. */
    Future<List<String>> ids(Range range, int most);

    /** One entry; empty where it is gone. */
    Future<Optional<Entry>> find(String account, boolean dead, String id);

    /**
     * Has an entry handled again: it becomes work that some instance takes over at its next look, and whose handler has not failed yet. A
     * dead letter is none any more.
     *
     * @return whether it was still there
     */
    Future<Boolean> handleAgain(Entry entry, boolean dead);

    /** A dead letter is none any more: its backend has taken it. */
    Future<Void> forgetDead(String account, String id);

    /**
     * Which entries are meant.
     *
     * @param dead whether dead letters are, or else what the journal has
     * @param backend whose dead letters; those of handlers have none, the empty text
     */
    record Range(
            String account, boolean dead, Instant from, Instant to, Optional<String> type, Optional<String> backend) {
        /** Whether an entry is of that type and for that backend. */
        boolean has(Entry entry) {
            return type.filter(each -> !each.equals(entry.push.type())).isEmpty()
                    && backend.filter(each -> !each.equals(entry.backend)).isEmpty();
        }
    }

    /**
     * What was kept of a push.
     *
     * @param at when it was written
     * @param failures how often its handler or backend had failed; 0 in the journal
     * @param error the last of these failures; empty in the journal
     * @param backend that has not taken its copy; empty where the entry is for something else
     */
    record Entry(String id, Instant at, StoredPush push, int failures, String error, String backend) {}

    /**
     * Some entries, the newest first.
     *
     * @param next before which the next ones are; empty where there are none
     */
    record Page(List<Entry> entries, Optional<String> next) {}
}
