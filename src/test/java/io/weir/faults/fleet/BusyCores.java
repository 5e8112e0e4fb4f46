package io.weir.faults.fleet;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Other work on the machine: processes that each take a core if they get it, until this is closed. */
public final class BusyCores implements AutoCloseable {
    /** Of each process; the kernel ends it then, whatever has become of the rig. */
    private static final int CPU_SECONDS = 900;

    private static final List<String> WORK =
            List.of("/bin/sh", "-c", "ulimit -t " + CPU_SECONDS + "; while :; do :; done");

    private final List<Child> processes;

    private BusyCores(List<Child> processes) {
        this.processes = processes;
    }

    /** How many cores there are. */
    public static int all() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Starts so many processes, at the priority of everything else. */
    public static BusyCores start(int count) {
        Path nowhere = Path.of("/dev/null");
        return new BusyCores(Stream.generate(() -> Child.start(Weir.home(), nowhere, WORK))
                .limit(count)
                .toList());
    }

    @Override
    public void close() {
        processes.forEach(Child::close);
    }
}
