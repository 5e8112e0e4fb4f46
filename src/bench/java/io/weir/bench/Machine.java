package io.weir.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What was measured on.
 *
 * @param cores that the JVM may use, for servers and load together
 * @param loadAverage of the last minute before the run; negative where the system does not tell
 */
record Machine(int cores, String jdk, String os, long memoryMegabytes, double loadAverage) {
    static Machine here() {
        java.lang.management.OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        long memory = system instanceof OperatingSystemMXBean detailed ? detailed.getTotalMemorySize() : 0;
        return new Machine(
                system.getAvailableProcessors(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                system.getName() + " " + system.getVersion() + " " + system.getArch(),
                memory / (1024 * 1024),
                Math.round(system.getSystemLoadAverage() * 10) / 10.0);
    }

    /** Whether others took so much of the cores before the run that they will disturb it. */
    boolean isBusy() {
        return loadAverage > cores * 0.5;
    }

    String text() {
        return String.format(Locale.ROOT, "%d cores, %,d MB, %s, %s", cores, memoryMegabytes, os, jdk);
    }
}
