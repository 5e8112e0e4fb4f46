package io.weir.bench;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Objects;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * The bytes that a server's loops have allocated, asked of its JVM over JMX. The JVM keeps what it loads for that until its
 * end, so this comes after its memory has been measured.
 */
final class Allocations implements AutoCloseable {
    private final JMXConnector connector;
    private final ThreadMXBean threads;

    private Allocations(JMXConnector connector, ThreadMXBean threads) {
        this.connector = connector;
        this.threads = threads;
    }

    /** Of the JVM of that process, of the same user. */
    @SuppressWarnings("BanJNDI") // the other end is a process that this one has started
    static Allocations of(long pid) throws IOException {
        JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address(pid)));
        return new Allocations(
                connector,
                ManagementFactory.newPlatformMXBeanProxy(
                        connector.getMBeanServerConnection(),
                        ManagementFactory.THREAD_MXBEAN_NAME,
                        ThreadMXBean.class));
    }

    private static String address(long pid) throws IOException {
        try {
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
            try {
                return jvm.startLocalManagementAgent();
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException refused) {
            throw new IOException(refused);
        }
    }

    /** Until now, by the loops that run. */
    long bytes() {
        long[] loops = Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .filter(thread -> CpuReading.Kind.of(thread.getThreadName()) == CpuReading.Kind.LOOP)
                .mapToLong(ThreadInfo::getThreadId)
                .toArray();
        return Arrays.stream(threads.getThreadAllocatedBytes(loops)).sum();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
