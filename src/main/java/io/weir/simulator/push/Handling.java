package io.weir.simulator.push;

import java.time.Duration;

/**
 * How one push is delivered: as WeChat does, or with faults.
 *
 * @param attempts how many times it is sent when each attempt lapses, 1 to 10
 * @param duplicates further deliveries at the same time
 * @param delay between the tap and the first attempt
 * @param clockOffset how far the pushing machine's clock is ahead
 * @param dropped whether it is never sent
 * @param heldBack whether it waits for the next push
 * @param unreachable whether none of its attempts reaches the gateway
 */
public record Handling(
        int attempts,
        int duplicates,
        Duration delay,
        Duration clockOffset,
        boolean dropped,
        boolean heldBack,
        boolean unreachable) {
    /** Three attempts: 「三次」 is read as three in total, which is what about 15 seconds in the field speak for. */
    public static final Handling LIKE_WECHAT = new Handling(3, 0, Duration.ZERO, Duration.ZERO, false, false, false);

    /** Beyond what anybody has seen of WeChat. */
    public static final int MOST_ATTEMPTS = 10;

    public Handling {
        check("attempts", attempts, 1, MOST_ATTEMPTS);
        check("duplicates", duplicates, 0, PushFault.Duplicate.MOST);
    }

    /** The same with another number of attempts. */
    public Handling withAttempts(int most) {
        return new Handling(most, duplicates, delay, clockOffset, dropped, heldBack, unreachable);
    }

    /** The same with that many further deliveries. */
    public Handling withDuplicates(int further) {
        return new Handling(attempts, further, delay, clockOffset, dropped, heldBack, unreachable);
    }

    Handling withDelay(Duration by) {
        return new Handling(attempts, duplicates, by, clockOffset, dropped, heldBack, unreachable);
    }

    Handling withClockOffset(Duration ahead) {
        return new Handling(attempts, duplicates, delay, ahead, dropped, heldBack, unreachable);
    }

    Handling withDrop() {
        return new Handling(attempts, duplicates, delay, clockOffset, true, heldBack, unreachable);
    }

    Handling withHoldingBack() {
        return new Handling(attempts, duplicates, delay, clockOffset, dropped, true, unreachable);
    }

    Handling withGatewayUnreachable() {
        return new Handling(attempts, duplicates, delay, clockOffset, dropped, heldBack, true);
    }

    /** @throws IllegalArgumentException when {@code found} is not in {@code least} to {@code most} */
    static void check(String what, long found, long least, long most) {
        if (found < least || found > most) {
            throw new IllegalArgumentException(what + ": expected " + least + " to " + most + ", found " + found);
        }
    }
}
