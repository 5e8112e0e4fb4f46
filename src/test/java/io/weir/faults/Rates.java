package io.weir.faults;

/** How many pushes a second the rows are run with, most of them sent twice: for two cores that also carry load and balancer. */
final class Rates {
    static final int STEADY = 120;
    static final int HIGH = 500;

    private Rates() {}
}
