package io.weir.bench;

/**
 * What was measured of a server in one round.
 *
 * @param cpuMicros CPU time of the server process per push under full load, in microseconds
 * @param pushesPerSecond under full load
 * @param p50Millis latency at the steady rate, from when the push should have been sent
 * @param p99Millis likewise
 * @param maxMillis likewise
 * @param cpuMicrosPaced CPU time per push at the steady rate, where each push wakes the server up
 * @param residentMegabytes at the end of the steady rate
 */
record Figures(
        double cpuMicros,
        double pushesPerSecond,
        double p50Millis,
        double p99Millis,
        double maxMillis,
        double cpuMicrosPaced,
        double residentMegabytes) {}
