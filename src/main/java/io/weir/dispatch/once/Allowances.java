package io.weir.dispatch.once;

import io.vertx.core.Future;
import java.time.Duration;

/** Counts what may be done so often within a time, together with the other instances. Any thread. */
public interface Allowances {

    /**
     * Takes one, if one is left.
     *
     * @param what names the allowance; part of a key
     * @param limit how many there are
     * @param window how long after the last was taken they are all there again
     * @param granted how long ago what grants them has happened: if nothing was taken since, they are all there again
     */
    Future<Boolean> take(String what, int limit, Duration window, Duration granted);
}
