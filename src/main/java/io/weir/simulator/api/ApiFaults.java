package io.weir.simulator.api;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The faults that wait for their calls, at most {@value #MAX_PLANNED}. The first one that is for a call strikes. Any thread. */
public final class ApiFaults {
    /** In place of a path: every call. */
    public static final String EVERY_PATH = "*";

    private static final int MAX_PLANNED = 1_000;

    private final List<Planned> planned = new ArrayList<>();

    /**
     * The next calls of a path go wrong.
     *
     * @param path exact, or {@link #EVERY_PATH}
     */
    public void next(String path, int times, ApiFault fault) {
        plan(new Planned(path, Optional.of(times), fault));
    }

    /** All calls of a path go wrong, until that is cleared. */
    public void always(String path, ApiFault fault) {
        plan(new Planned(path, Optional.empty(), fault));
    }

    /** @throws IllegalStateException when there are too many */
    synchronized void plan(Planned one) {
        if (planned.size() >= MAX_PLANNED) {
            throw new IllegalStateException("more than " + MAX_PLANNED + " faults wait: clear some");
        }
        planned.add(one);
    }

    /** Lets everything go well again. */
    public synchronized void clear() {
        planned.clear();
    }

    /** What waits, in the order in which it was planned. */
    public synchronized List<Planned> all() {
        return List.copyOf(planned);
    }

    /** The fault of a call that has just come, used up once. */
    synchronized Optional<ApiFault> take(String path) {
        for (Iterator<Planned> each = planned.iterator(); each.hasNext(); ) {
            Planned one = each.next();
            if (one.isFor(path)) {
                int index = planned.indexOf(one);
                one.after().ifPresentOrElse(left -> planned.set(index, left), each::remove);
                return Optional.of(one.fault());
            }
        }
        return Optional.empty();
    }

    /**
     * A fault that waits.
     *
     * @param path exact, or {@link #EVERY_PATH}
     * @param times how often it still strikes; empty: until it is cleared
     */
    public record Planned(String path, Optional<Integer> times, ApiFault fault) {
        /** @throws IllegalArgumentException when it would never strike */
        public Planned {
            if (times.isPresent() && times.get() < 1) {
                throw new IllegalArgumentException("a fault strikes once at least");
            }
        }

        boolean isFor(String called) {
            return path.equals(EVERY_PATH) || path.equals(called);
        }

        /** What is left of it after it has struck; empty: nothing. */
        Optional<Planned> after() {
            if (times.isEmpty()) {
                return Optional.of(this);
            }
            return times.filter(left -> left > 1).map(left -> new Planned(path, Optional.of(left - 1), fault));
        }
    }
}
