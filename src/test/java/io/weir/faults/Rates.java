package io.weir.faults;

/** How many pushes a second the rows are run with, for two cores that also carry the load and the balancer. */
final class Rates {
    static final int STEADY = 200;
    static final int HIGH = 700;

    private Rates() {}
}
