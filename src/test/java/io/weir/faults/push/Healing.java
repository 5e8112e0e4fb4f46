package io.weir.faults.push;

import io.weir.faults.push.Attempt.Outcome;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** When pushes went well again after a fault, for good. */
public final class Healing {
    private static final double WELL_MILLIS = 500;
    private static final double WELL_PART = 0.99;

    private Healing() {}

    /**
     * From the end of the fault to the first second after which every second is a good one, to the end of the load: nothing
     * failed, nothing late, 99 of 100 attempts answered in half a second and not in the place of a backend.
     *
     * @param endMillis the end of the fault, since 1970
     * @return empty where the last second is none
     */
    public static Optional<Duration> since(long endMillis, Collection<Attempt> attempts) {
        Map<Long, Second> seconds = new TreeMap<>();
        for (Attempt attempt : attempts) {
            long after = attempt.sentAtMillis() - endMillis;
            if (after >= 0) {
                seconds.merge(after / 1_000, Second.of(attempt), Second::and);
            }
        }
        long healed = 0;
        long last = -1;
        for (Map.Entry<Long, Second> second : seconds.entrySet()) {
            last = second.getKey();
            healed = second.getValue().isGood() ? healed : last + 1;
        }
        return healed > last ? Optional.empty() : Optional.of(Duration.ofSeconds(healed));
    }

    /** What was sent within one second. */
    private record Second(int attempts, int quick, int bad) {
        static Second of(Attempt attempt) {
            boolean accepted = attempt.outcome() == Outcome.ACCEPTED;
            boolean quick = accepted && attempt.millis() <= WELL_MILLIS && !attempt.isOtherwise();
            return new Second(1, quick ? 1 : 0, accepted ? 0 : 1);
        }

        Second and(Second other) {
            return new Second(attempts + other.attempts, quick + other.quick, bad + other.bad);
        }

        boolean isGood() {
            return bad == 0 && quick >= attempts * WELL_PART;
        }
    }
}
