package io.weir.bench;

import org.HdrHistogram.Histogram;

/**
 * What was measured of a server in one round. The components are keys of the JSON, and so stay.
 *
 * @param fullLoad as many pushes as it takes
 * @param steadyRate pushes at a fixed rate, where each push wakes the server up
 * @param residentMegabytes at the end of full load
 */
record Figures(Window fullLoad, Window steadyRate, double residentMegabytes) {
    /**
     * One window of load.
     *
     * @param pushes how many were answered
     * @param pushesPerSecond from the first push to the last answer
     * @param p50Millis latency, from when the push should have been sent
     * @param p99Millis likewise
     * @param maxMillis likewise
     * @param cpuMicros CPU time per push
     * @param otherWork cores that other work used meanwhile
     */
    record Window(
            int pushes,
            double pushesPerSecond,
            double p50Millis,
            double p99Millis,
            double maxMillis,
            CpuMicros cpuMicros,
            double otherWork) {
        static Window of(Exchanges exchanges, CpuReading.Use use) {
            Histogram micros = exchanges.latencyMicros();
            return new Window(
                    exchanges.answered(),
                    exchanges.answered() / exchanges.seconds(),
                    millis(micros, 50),
                    millis(micros, 99),
                    millis(micros, 100),
                    use.micros().dividedBy(Math.max(1, exchanges.answered())),
                    use.otherWork());
        }

        private static double millis(Histogram micros, int percent) {
            return micros.getTotalCount() == 0 ? Double.NaN : micros.getValueAtPercentile(percent) / 1e3;
        }
    }

    /**
     * One start.
     *
     * @param seconds from the start of the process to its first right answer
     * @param otherWork cores that other work used meanwhile
     */
    record Start(double seconds, double otherWork) {}
}
