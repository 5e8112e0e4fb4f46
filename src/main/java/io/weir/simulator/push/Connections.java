package io.weir.simulator.push;

/**
 * How pushes travel.
 *
 * @param most at the same time to one gateway; a push beyond waits, and its waiting counts as the gateway's time
 * @param kept whether a connection carries more than one push, which WeChat's do not (push-protocol.md §9)
 */
public record Connections(int most, boolean kept) {
    /** More than any simulation needs. */
    public static final int MOST = 1000;

    /** As WeChat's: one for each push. */
    public static final Connections LIKE_WECHAT = new Connections(MOST, false);

    public Connections {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("expected 1 to " + MOST + " connections, found " + most);
        }
    }
}
