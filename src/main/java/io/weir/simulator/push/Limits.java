package io.weir.simulator.push;

/** Refuses numbers out of their bounds. */
final class Limits {
    private Limits() {}

    /** @throws IllegalArgumentException when {@code found} is not in {@code least} to {@code most} */
    static void check(String what, long found, long least, long most) {
        if (found < least || found > most) {
            throw new IllegalArgumentException(what + ": expected " + least + " to " + most + ", found " + found);
        }
    }
}
