package io.weir.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What was measured on.
 *
 * @param cores that the JVM may use, for servers and load together
 */
record Machine(int cores, String jdk, String os, long memoryMegabytes) {
    static Machine here() {
        Runtime runtime = Runtime.getRuntime();
        return new Machine(
                runtime.availableProcessors(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                memory());
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize() / (1024 * 1024)
                : 0;
    }

    String text() {
        return String.format(Locale.ROOT, "%d cores, %,d MB, %s, %s", cores, memoryMegabytes, os, jdk);
    }
}
