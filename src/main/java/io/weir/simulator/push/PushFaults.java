package io.weir.simulator.push;

import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What shall go wrong with the pushes to come. Several faults meet in one push; of two of the same kind the later one wins. Any
 * thread.
 */
public final class PushFaults {
    /** How many can stand at a time. */
    public static final int MOST = 100;

    private final List<ActiveFault> standing = new ArrayList<>();

    /** Lets the next {@code pushes} of any account go wrong. */
    public void next(int pushes, PushFault fault) {
        add(new ActiveFault(fault, Optional.empty(), OptionalInt.of(pushes)));
    }

    /** Lets the next {@code pushes} of one account go wrong. */
    public void next(int pushes, PushFault fault, String account) {
        add(new ActiveFault(fault, Optional.of(account), OptionalInt.of(pushes)));
    }

    /** Lets all pushes of all accounts go wrong. */
    public void untilCleared(PushFault fault) {
        add(new ActiveFault(fault, Optional.empty(), OptionalInt.empty()));
    }

    /** Lets all pushes of one account go wrong. */
    public void untilCleared(PushFault fault, String account) {
        add(new ActiveFault(fault, Optional.of(account), OptionalInt.empty()));
    }

    /**
     * Orders a fault.
     *
     * @throws IllegalStateException when {@value #MOST} stand already
     */
    public synchronized void add(ActiveFault fault) {
        if (standing.size() == MOST) {
            throw new IllegalStateException(MOST + " faults stand already: clear them first");
        }
        standing.add(fault);
    }

    /** From now on nothing goes wrong. */
    public synchronized void clear() {
        standing.clear();
    }

    /** Takes back what was ordered for that one account; what was ordered for all stays. */
    public synchronized void clear(String account) {
        standing.removeIf(fault -> fault.account().equals(Optional.of(account)));
    }

    /** What stands, in the order in which it was ordered. */
    public synchronized List<ActiveFault> standing() {
        return List.copyOf(standing);
    }

    /** How the next push of that account goes; counts as one push. */
    synchronized Handling next(String account, Handling handling) {
        Handling next = handling;
        for (ListIterator<ActiveFault> each = standing.listIterator(); each.hasNext(); ) {
            ActiveFault fault = each.next();
            if (fault.account().orElse(account).equals(account)) {
                next = fault.fault().applyTo(next);
                fault.used().ifPresentOrElse(each::set, each::remove);
            }
        }
        return next;
    }

    /**
     * A fault and the pushes that it is for.
     *
     * @param account by the name that the gateway's configuration gives it; empty: each
     * @param pushes how many more; empty: all until it is cleared
     */
    public record ActiveFault(PushFault fault, Optional<String> account, OptionalInt pushes) {
        public ActiveFault {
            pushes.ifPresent(left -> Handling.check("pushes", left, 1, Integer.MAX_VALUE));
        }

        private Optional<ActiveFault> used() {
            if (pushes.isEmpty()) {
                return Optional.of(this);
            }
            int left = pushes.getAsInt() - 1;
            return left == 0 ? Optional.empty() : Optional.of(new ActiveFault(fault, account, OptionalInt.of(left)));
        }
    }
}
