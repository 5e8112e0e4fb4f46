package io.weir.simulator.platform;

/** The memory that an account's material may take. A limit of the simulator's own: WeChat's total is not bounded in bytes. */
final class Space {
    /** Content, and a little for each piece. */
    static final long MOST = 256L << 20;

    private final long most;
    private long used;

    Space(long most) {
        this.most = most;
    }

    boolean has(long weight) {
        return used + weight <= most;
    }

    /** @throws Refused 45001, the nearest of WeChat's codes */
    void take(long weight) {
        if (!has(weight)) {
            throw new Refused(45001, "media size out of limit: the simulator holds no more for this account");
        }
        used += weight;
    }

    void give(long weight) {
        used -= weight;
    }
}
